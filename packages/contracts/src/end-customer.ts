import { Country } from '@echelon/program';
import * as z from 'zod';

export const RegistryId = z
  .discriminatedUnion('scheme', [
    z.object({ scheme: z.literal('DUNS'), value: z.string().regex(/^(?!(\d)\1{8}$)\d{9}$/, 'is nine digits, not all the same') }),
    z.object({ scheme: z.literal('VAT'), value: z.string().regex(/^[A-Z]{2}[0-9A-Z+*]{2,12}$/, 'is a country prefix and up to 12 characters') }),
  ])
  .meta({ id: 'RegistryId' });
export type RegistryId = z.output<typeof RegistryId>;

/** What identifies an end customer, from the strongest to the weakest: registry id, web domain, name with country and city. */
export const EndCustomer = z
  .object({
    name: z.string().trim().min(1).max(200),
    country: Country,
    city: z.string().trim().min(1).max(120).optional(),
    registryId: RegistryId.optional(),
    domain: z
      .string()
      .max(253)
      .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, 'is a web domain in lower case, without scheme or path')
      .refine((domain) => URL.canParse(`https://${domain}`), 'is a web domain whose international parts are written in Punycode')
      .optional(),
    corporateGroup: RegistryId.optional().meta({ description: 'The registry id of the ultimate parent, where it is known.' }),
  })
  .meta({ id: 'EndCustomer' });
export type EndCustomer = z.output<typeof EndCustomer>;
