import { create } from './token.ts';

export const { token } = create({ env: process.env });
