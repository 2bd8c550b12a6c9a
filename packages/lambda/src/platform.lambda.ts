import { create } from './platform.ts';

export const { api } = create({ env: process.env });
