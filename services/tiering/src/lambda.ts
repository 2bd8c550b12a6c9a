import { create } from './main.ts';

export const { api, publish, react, sweep } = create({ env: process.env });
