import {
  type CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  DescribeUserPoolClientCommand,
  ListUserPoolClientsCommand,
} from '@aws-sdk/client-cognito-identity-provider';

/** The identity provider, as far as system clients need it. */
export interface Identity {
  /** The OAuth client of this name: found, or created. A request that is sent again gets the client it got before. */
  clientNamed(name: string): Promise<string>;
  secretOf(oauthClientId: string): Promise<string>;
}

/** A pool holds 1,000 clients unless more are asked for; 60 to a page. */
const PAGES_MAX = 100;

/** The scope that a machine's token carries; what it may do follows from its rights, never from a scope. */
const SCOPE = 'echelon/api';

export const identityIn = (cognito: CognitoIdentityProviderClient, UserPoolId: string): Identity => {
  const idOf = async (name: string): Promise<string | undefined> => {
    let NextToken: string | undefined;
    for (let page = 0; page < PAGES_MAX; page++) {
      const listed = await cognito.send(new ListUserPoolClientsCommand({ UserPoolId, MaxResults: 60, ...(NextToken && { NextToken }) }));
      const found = listed.UserPoolClients?.find(({ ClientName }) => ClientName === name)?.ClientId;
      if (found !== undefined || listed.NextToken === undefined) return found;
      NextToken = listed.NextToken;
    }
    throw new Error(`more than ${PAGES_MAX} pages of clients`);
  };

  return {
    clientNamed: async (name) => {
      const found = await idOf(name);
      if (found !== undefined) return found;
      const { UserPoolClient } = await cognito.send(
        new CreateUserPoolClientCommand({
          UserPoolId,
          ClientName: name,
          GenerateSecret: true,
          AllowedOAuthFlowsUserPoolClient: true,
          AllowedOAuthFlows: ['client_credentials'],
          AllowedOAuthScopes: [SCOPE],
        }),
      );
      return present(UserPoolClient?.ClientId, `client ${name} came without an id`);
    },
    secretOf: async (ClientId) => {
      const { UserPoolClient } = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
      return present(UserPoolClient?.ClientSecret, `client ${ClientId} came without its secret`);
    },
  };
};

const present = (value: string | undefined, otherwise: string): string => {
  if (value === undefined) throw new Error(otherwise);
  return value;
};
