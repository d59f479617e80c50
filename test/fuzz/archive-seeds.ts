import { deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { packed } from '../../tools/writers/seven-zip.ts'
import { pax, tarOf } from '../../tools/writers/tar.ts'
import { zipOf } from '../../tools/writers/zip.ts'
import { encode } from '../../tools/simulator/encoded.ts'
import { seed, type Seed } from './seeds.ts'

/** Archives of every form that can be written here. */
export async function archiveSeeds(): Promise<readonly Seed[]> {
  const page = '<%@ Page Language="C#" %>\r\n'
  const log = '#Fields: date time cs-uri-stem\r\n2021-03-03 04:00:00 /owa/\r\n'.repeat(20)
  const members = [
    { name: 'C/inetpub/wwwroot/a.aspx', content: page },
    { name: 'C/inetpub/logs/u_ex210303.log', content: log, method: 8 },
  ]
  const inner = zipOf(members)
  const files = Object.fromEntries(members.map(({ name, content }) => [name, content]))
  return [
    ['stored-and-deflated.zip', inner],
    ['descriptors.zip', zipOf(members.map((m) => ({ ...m, descriptor: 'marked' as const })))],
    [
      'zip64.zip',
      zipOf(
        members.map((m) => ({ ...m, zip64: true })),
        { zip64: true },
      ),
    ],
    ['no-directory.zip', zipOf(members, { noDirectory: true })],
    ['backslashes.zip', zipOf([{ name: 'C\\inetpub\\wwwroot\\a.aspx', content: page }])],
    ['link.zip', zipOf([{ name: 'link', content: '/etc', madeBy: 0x0314, mode: 0o120777 }])],
    ['same-place.zip', zipOf([...members, { name: 'again', content: log, method: 8, sameAs: 1 }])],
    ['nested.zip', zipOf([{ name: 'inner.zip', content: zipOf([{ name: 'x.zip', content: inner, method: 8 }]) }])],
    ['one.gz', gzipSync(log)],
    ['two-parts.gz', Buffer.concat([gzipSync('a'), gzipSync(log)])],
    ['one.zst', zstdCompressSync(log)],
    ['two-parts.zst', Buffer.concat([zstdCompressSync('a'), zstdCompressSync(log)])],
    ['plain.tar', tarOf(members)],
    [
      'long-names-and-links.tar',
      tarOf([
        pax({ path: 'p'.repeat(200), mtime: '1614745402.37' }),
        { name: 'a', content: page },
        { name: 'b', type: '2', link: '/etc' },
      ]),
    ],
    ['packed.tgz', gzipSync(tarOf(members))],
    ['solid.7z', await packed(files)],
    ['single.7z', await packed(files, { solid: false })],
    ['encrypted.7z', await packed(files, { password: 'infected', names: true })],
    ['page.enc', Buffer.from(encode(Buffer.from(page)))],
    ['broken.enc', Buffer.from(`postern-encoded/1\n${deflateRawSync(log).subarray(0, 9).toString('base64')}\n`)],
  ].map(([name, bytes]) => seed(name as string, bytes as Buffer))
}
