import { createStock } from './shop.ts';

export const { api, react, sweep } = createStock({ env: process.env });
