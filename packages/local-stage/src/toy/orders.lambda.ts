import { createOrders } from './shop.ts';

export const { api, publish } = createOrders({ env: process.env });
