import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningAzurite, startAzurite } from '@metering/testing-servers';
import { generate } from 'selfsigned';

/** Azurite over TLS, where it takes tokens. */
export interface SecureAzurite extends RunningAzurite {
  /** In PEM, of the authority that signed its certificate. */
  readonly certificateAuthority: string;
}

export async function startSecureAzurite(): Promise<SecureAzurite> {
  const certificates = await mkdtemp(join(tmpdir(), 'metering-azurite-'));
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'metering test' }], {
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
    ],
  });
  await writeFile(join(certificates, 'public.crt'), cert);
  await writeFile(join(certificates, 'private.key'), key);
  const azurite = await startAzurite({ certificates });
  const stop = async () => {
    await azurite.stop();
    await rm(certificates, { recursive: true });
  };
  return { ...azurite, certificateAuthority: cert, stop };
}

/** A token such as Microsoft Entra ID gives; Azurite checks all of it but who signed it. */
export function accessToken(expiresAtMs: number): string {
  const seconds = Math.floor(expiresAtMs / 1000);
  const claims = {
    aud: 'https://storage.azure.com',
    iss: 'https://sts.windows.net/ab1f708d-50f6-404c-a006-d71b2ac7a606/',
    ...{ iat: seconds - 7_200, nbf: seconds - 7_200, exp: seconds },
  };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.planted-token-signature`;
}
