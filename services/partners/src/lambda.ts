import { create } from './main.ts';

export const { api, publish, react } = create({ env: process.env });
