import { GenerateMacCommand, type KMSClient } from '@aws-sdk/client-kms';

/** What a folder is found by. A code from abroad and a person of the provider without any are told apart from ours. */
export type IdentityKind = 'person' | 'organisation' | 'foreign';

/**
 * Turns an identity code or business ID into the look-up key of its folder. Keyed by KMS, so the few
 * million codes there are cannot be tried through by whoever holds the table.
 */
export interface IdentityKeys {
  keyOf(kind: IdentityKind, code: string): Promise<string>;
}

export const kmsIdentityKeys = (kms: KMSClient, KeyId: string): IdentityKeys => ({
  keyOf: async (kind, code) => {
    const Message = Buffer.from(`${kind}|${code}`);
    const { Mac } = await kms.send(new GenerateMacCommand({ KeyId, MacAlgorithm: 'HMAC_SHA_256', Message }));
    if (!Mac) throw new Error('KMS gave no MAC');
    return Buffer.from(Mac).toString('base64url');
  },
});
