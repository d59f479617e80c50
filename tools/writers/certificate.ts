/** One element of DER: tag, length, content. */
export function der(tag: number, ...parts: (Buffer | string)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)))
  const length =
    body.length < 128 ? Buffer.from([body.length]) : Buffer.from([0x82, body.length >> 8, body.length & 255])
  return Buffer.concat([Buffer.from([tag]), length, body])
}

const oid = (hex: string): Buffer => der(6, Buffer.from(hex, 'hex'))

/** A request for a common name (an encoded text), with what the client says of itself; key and signature are none. */
export function certificateRequestFor(name: Buffer): Buffer {
  const subject = der(0x30, der(0x31, der(0x30, oid('550403'), name)))
  const key = der(0x30, der(0x30, oid('2a864886f70d010101'), der(5)), der(3, Buffer.alloc(32, 1)))
  const client = der(
    0x30,
    oid('2b0601040182371514'),
    der(0x31, der(0x30, der(2, '\x05'), der(12, 'mail01.lab.example'), der(12, 'LAB\\alice'), der(12, 'w3wp.exe'))),
  )
  const info = der(0x30, der(2, '\0'), subject, key, der(0xa0, client))
  return der(0x30, info, der(0x30, oid('2a864886f70d01010b'), der(5)), der(3, Buffer.alloc(16, 2)))
}

/** The same as text, as New-ExchangeCertificate writes it. */
export function pem(bytes: Buffer): string {
  return `-----BEGIN NEW CERTIFICATE REQUEST-----\r\n${bytes.toString('base64').replace(/.{64}/g, '$&\r\n')}\r\n-----END NEW CERTIFICATE REQUEST-----\r\n`
}
