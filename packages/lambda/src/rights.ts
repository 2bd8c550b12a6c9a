/** What an OAuth client or a person may: read by the token trigger, written when a system client is registered or revoked. */
import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { Role } from '@echelon/contracts';
import { PartnerId } from '@echelon/contracts/ids';
import * as z from 'zod';
import { partnerClaim, roleClaim } from './caller.ts';

export const Rights = z.object({ role: Role, partnerId: PartnerId.exactOptional() });
export type Rights = z.output<typeof Rights>;

const keyOf = (principal: string) => ({ pk: { S: `RIGHTS#${principal}` }, sk: { S: 'RIGHTS' } });

export interface RightsTable {
  get(principal: string): Promise<Rights | undefined>;
  grant(principal: string, rights: Rights): Promise<void>;
  /** For good: a grant that comes late and out of order does not bring it back. */
  revoke(principal: string): Promise<void>;
}

export const rightsTable = (client: DynamoDBClient, TableName: string): RightsTable => ({
  get: async (principal) => {
    const { Item } = await client.send(new GetItemCommand({ TableName, Key: keyOf(principal), ConsistentRead: true }));
    return Item?.role?.S === undefined ? undefined : Rights.parse({ role: Item.role.S, ...(Item.partnerId?.S && { partnerId: Item.partnerId.S }) });
  },
  grant: async (principal, { role, partnerId }) => {
    await client
      .send(
        new PutItemCommand({
          TableName,
          Item: { ...keyOf(principal), role: { S: role }, ...(partnerId && { partnerId: { S: partnerId } }) },
          ConditionExpression: 'attribute_not_exists(revoked)',
        }),
      )
      .catch(ignoreRevoked);
  },
  revoke: async (principal) => {
    await client.send(new PutItemCommand({ TableName, Item: { ...keyOf(principal), revoked: { BOOL: true } } }));
  },
});

const ignoreRevoked = (error: unknown): void => {
  if (!(error instanceof Error && error.name === 'ConditionalCheckFailedException')) throw error;
};

/** The claims that rights become: none for who has none. */
export const claimsFor = (rights: Rights | undefined): Record<string, string> =>
  rights === undefined ? {} : { [roleClaim]: rights.role, ...(rights.partnerId && { [partnerClaim]: rights.partnerId }) };
