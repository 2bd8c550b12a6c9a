/** Cognito's PreTokenGeneration trigger: a token carries the role and partner that its client or person has here, and no others. */
import { Role } from '@echelon/contracts';
import { PartnerId } from '@echelon/contracts/ids';
import type { PreTokenGenerationV3TriggerEvent } from 'aws-lambda';
import { needed, openEdges, type Sdk } from './edges.ts';
import { claimsFor, type Rights, rightsTable } from './rights.ts';

export const create = ({ env, sdk }: { env: Readonly<Record<string, string | undefined>>; sdk?: Sdk }) => {
  const { environment, dynamo } = openEdges(env, sdk);
  const table = rightsTable(dynamo, needed(environment, 'IDENTITY_TABLE'));
  return {
    token: async (event: PreTokenGenerationV3TriggerEvent): Promise<PreTokenGenerationV3TriggerEvent> => {
      const machine = event.triggerSource === 'TokenGeneration_ClientCredentials';
      const rights = machine ? await table.get(event.callerContext.clientId) : rightsOfPerson(event);
      event.response = { claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride: claimsFor(rights) } } };
      return event;
    },
  };
};

/** A person's role is the group it is in; its partner stands in an attribute that it can't write itself. */
const rightsOfPerson = ({ request }: PreTokenGenerationV3TriggerEvent): Rights | undefined => {
  const role = request.groupConfiguration.groupsToOverride?.map((group) => Role.safeParse(group).data).find((known) => known !== undefined);
  const partnerId = PartnerId.safeParse(request.userAttributes['custom:partner']).data;
  return role && { role, ...(partnerId && { partnerId }) };
};
