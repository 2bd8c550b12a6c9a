import { Country } from '@echelon/program';
import * as z from 'zod';
import { nameUpTo } from './text.ts';

const NINE_DIGITS = 'is nine digits, not all the same';
/** Where a form asks for a number and nobody knows it, people write one digit nine times. */
const isNotOneDigit = (value: string): boolean => !/^(\d)\1{8}$/.test(value);

export const RegistryId = z
  .discriminatedUnion('scheme', [
    z.object({
      scheme: z.literal('DUNS'),
      value: z
        .string()
        .regex(/^\d{9}$/, NINE_DIGITS)
        .refine(isNotOneDigit, NINE_DIGITS),
    }),
    z.object({ scheme: z.literal('VAT'), value: z.string().regex(/^[A-Z]{2}[0-9A-Z+*]{2,12}$/, 'is a country prefix and up to 12 characters') }),
  ])
  .meta({ id: 'RegistryId' });
export type RegistryId = z.output<typeof RegistryId>;

/** What identifies an end customer, from the strongest to the weakest: registry id, web domain, name with country and city. */
export const EndCustomer = z
  .object({
    name: nameUpTo(200),
    country: Country,
    city: nameUpTo(120).optional(),
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
