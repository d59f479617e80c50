/**
 * Names the form of an archive or disk image that cannot be opened yet, from its first bytes (up to 64 KiB help; the
 * last of them for ISO images); null for any other file. The caller makes an `unsupported` gap of it.
 */
export function unsupportedArchive(head: Uint8Array): string | null {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength)
  const form = forms.find(([, offset, magic]) => bytes.subarray(offset, offset + magic.length).equals(magic))
  if (form) return form[0]
  return isOldTar(bytes) ? 'tar' : null
}

const text = (s: string): Buffer => Buffer.from(s, 'latin1')

// In order of trust: long marks first.
const forms: readonly (readonly [string, number, Buffer])[] = [
  ['7z', 0, text('7z\xbc\xaf\x27\x1c')],
  ['RAR', 0, text('Rar!\x1a\x07')],
  ['tar', 257, text('ustar')],
  ['Zstandard', 0, text('\x28\xb5\x2f\xfd')],
  ['xz', 0, text('\xfd7zXZ\0')],
  ['LZ4', 0, text('\x04\x22\x4d\x18')],
  ...[...'123456789'].map((level) => ['bzip2', 0, text(`BZh${level}1AY&SY`)] as const),
  ['cabinet', 0, text('MSCF\0\0\0\0')],
  ['WIM image', 0, text('MSWIM\0\0\0')],
  ['VHDX disk image', 0, text('vhdxfile')],
  ['VHD disk image', 0, text('conectix')],
  ['VMDK disk image', 0, text('KDMV')],
  ['VMDK disk image', 0, text('# Disk DescriptorFile')],
  ['QCOW disk image', 0, text('QFI\xfb')],
  ['EnCase image (E01)', 0, text('EVF\x09\x0d\x0a\xff\0')],
  ['EnCase image (Ex01)', 0, text('EVF2\x0d\x0a\x81\0')],
  ['EnCase logical image (L01)', 0, text('LVF\x09\x0d\x0a\xff\0')],
  ['EnCase logical image (Lx01)', 0, text('LEF2\x0d\x0a\x81\0')],
  ['AD1 image', 0, text('ADSEGMENTEDFILE')],
  ['raw NTFS volume', 3, text('NTFS    ')],
  ['raw ReFS volume', 3, text('ReFS\0\0\0\0')],
  ['raw disk image', 512, text('EFI PART')],
  ['ISO image', 32769, text('CD001')],
]

/** Tar before POSIX has no mark, only a checksum of its header in octal. */
function isOldTar(bytes: Buffer): boolean {
  if (bytes.length < 512 || bytes[0] === 0) return false
  const stated = /^ *([0-7]{1,6})[\0 ]/.exec(bytes.toString('latin1', 148, 156))?.[1]
  if (stated === undefined) return false
  let sum = 8 * 32 // the checksum's own field counts as spaces
  for (let i = 0; i < 512; i++) if (i < 148 || i >= 156) sum += bytes[i] ?? 0
  return sum === Number.parseInt(stated, 8)
}
