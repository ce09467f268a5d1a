// The client signs with SigV4A and does not bring it along; without this import every call throws.
import '@aws-sdk/signature-v4a';
import {
  CloudFrontKeyValueStoreClient,
  DescribeKeyValueStoreCommand,
  PutKeyCommand,
} from '@aws-sdk/client-cloudfront-keyvaluestore';

/** What CloudFront's function looks up on every request (`lib/site-pointers.ts`). */
export interface Pointers {
  /** Throws when somebody else wrote in between: the newer publication stands. */
  set(key: string, value: string): Promise<void>;
}

export const keyValueStore = (KvsARN: string): Pointers => {
  const client = new CloudFrontKeyValueStoreClient({});
  return {
    async set(Key, Value) {
      const { ETag } = await client.send(new DescribeKeyValueStoreCommand({ KvsARN }));
      await client.send(new PutKeyCommand({ KvsARN, Key, Value, IfMatch: ETag }));
    },
  };
};
