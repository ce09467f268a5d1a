import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';

export interface PutOptions {
  readonly contentType: string;
  readonly cacheControl?: string;
}

/** Texts under keys: what a bucket is to those who publish. */
export interface Objects {
  /** Undefined where there is nothing under the key. */
  get(key: string): Promise<string | undefined>;
  put(key: string, body: string, options: PutOptions): Promise<void>;
  /** Keys that begin so, in order. */
  list(prefix: string): Promise<string[]>;
  /** Nothing happens where there is nothing under the key. */
  remove(key: string): Promise<void>;
}

export const bucketObjects = (client: S3Client, Bucket: string): Objects => ({
  async get(Key) {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      return await Body?.transformToString();
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  },
  async put(Key, Body, { contentType, cacheControl }) {
    await client.send(
      new PutObjectCommand({
        Bucket,
        Key,
        Body,
        ContentType: contentType,
        ...(cacheControl && { CacheControl: cacheControl }),
      }),
    );
  },
  async list(Prefix) {
    const keys: string[] = [];
    for await (const { Contents } of paginateListObjectsV2({ client }, { Bucket, Prefix }))
      keys.push(...(Contents ?? []).flatMap(({ Key }) => Key ?? []));
    return keys;
  },
  async remove(Key) {
    await client.send(new DeleteObjectCommand({ Bucket, Key }));
  },
});
