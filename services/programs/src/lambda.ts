import { create } from './main.ts';

export const { api, publish } = create({ env: process.env });
