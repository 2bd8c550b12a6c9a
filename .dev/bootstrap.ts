import { cdk } from './cdk.ts';

await cdk('bootstrap');
