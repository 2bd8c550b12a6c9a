import * as z from 'zod';

/** Ids are branded, prefixed and opaque: 26 characters of Crockford's base 32 (130 bits) behind what they name. */
const id = <const Prefix extends string>(prefix: Prefix, names: string) =>
  Object.assign(
    z
      .string()
      .regex(new RegExp(`^${prefix}_[0-9a-hjkmnp-tv-z]{26}$`), `is "${prefix}_" and 26 characters of base 32`)
      .brand<Prefix>()
      .meta({ id: names, description: `Names one ${names.replace(/Id$/, '')}.`, examples: [`${prefix}_01h455vb4pex5vsknk084sn02q`] }),
    { prefix },
  );

export const ProgramId = id('prog', 'ProgramId');
export type ProgramId = z.output<typeof ProgramId>;
export const VersionId = id('ver', 'VersionId');
export type VersionId = z.output<typeof VersionId>;
export const PartnerId = id('ptnr', 'PartnerId');
export type PartnerId = z.output<typeof PartnerId>;
export const SystemClientId = id('client', 'SystemClientId');
export type SystemClientId = z.output<typeof SystemClientId>;
export const PersonId = id('prsn', 'PersonId');
export type PersonId = z.output<typeof PersonId>;
export const CertificationId = id('cert', 'CertificationId');
export type CertificationId = z.output<typeof CertificationId>;
export const SpecializationId = id('spec', 'SpecializationId');
export type SpecializationId = z.output<typeof SpecializationId>;
export const EngagementId = id('eng', 'EngagementId');
export type EngagementId = z.output<typeof EngagementId>;
export const AssetId = id('asset', 'AssetId');
export type AssetId = z.output<typeof AssetId>;
export const DealId = id('deal', 'DealId');
export type DealId = z.output<typeof DealId>;
export const StandingId = id('stand', 'StandingId');
export type StandingId = z.output<typeof StandingId>;

/** The schema of one kind of id, as what makes such ids needs it. */
export interface IdSchema<Id extends string> {
  readonly prefix: string;
  parse(text: string): Id;
}
