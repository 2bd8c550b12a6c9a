/** What an event's payload must be, by the AsyncAPI document as it is served: JSON Schema alone, and none of our own codecs. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as z from 'zod';

const Ref = z.object({ $ref: z.string() });

export const AsyncApi = z.object({
  channels: z.record(z.string(), z.object({ messages: z.record(z.string(), Ref) })),
  operations: z.record(z.string(), z.object({ action: z.enum(['send', 'receive']), channel: Ref, messages: z.array(Ref) })),
  components: z.object({ messages: z.record(z.string(), z.object({ examples: z.array(z.object({ payload: z.unknown() })) })) }),
});

/** @returns what is wrong with a payload of this kind, `deals.DealWon`: nothing, where it fits */
export const payloads = (document: Readonly<Record<string, unknown>>) => {
  // `format` stays an annotation, as the specification has it: the patterns beside it say the same and more.
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(document, 'asyncapi');
  return (kind: string, payload: unknown): string[] => {
    const validate = ajv.getSchema(`asyncapi#/components/messages/${kind}/payload`);
    if (validate === undefined) return [`the document has no ${kind}`];
    return validate(payload) ? [] : (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`.trim());
  };
};
