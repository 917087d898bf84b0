import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** A certificate for 127.0.0.1, as a server takes it. */
export interface Certificate {
  /** With `public.crt` and `private.key`. */
  readonly folder: string;
  /** In PEM, of the authority that signed it: itself. */
  readonly authority: string;
  remove(): Promise<void>;
}

/** Makes a certificate that no client trusts which is not told of its authority. */
export async function makeCertificate(): Promise<Certificate> {
  const folder = await mkdtemp(join(tmpdir(), 'metering-certificate-'));
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'metering test' }], {
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
    ],
  });
  await writeFile(join(folder, 'public.crt'), cert);
  await writeFile(join(folder, 'private.key'), key);
  return { folder, authority: cert, remove: () => rm(folder, { recursive: true }) };
}
