import assert from 'node:assert/strict'
import { layersOf } from '../../src/rules/web-shells/decode.ts'
import { texts, type Seed } from './seeds.ts'
import type { Target } from './targets.ts'

export const layersTarget = (seeds: readonly Seed[]): Target => ({
  name: 'page-layers',
  seeds: () => [
    ...seeds.filter((seed) => /\.(?:aspx|ashx|asmx)$/i.test(seed.name)),
    ...texts(
      '<%@ Page Language="C#" %><% Response.Write(System.Convert.FromBase64String("SGVsbG8gd29ybGQhIEhlbGxvIHdvcmxkIQ==")); %>',
      '<script runat="server">string \\u0061b = "a" + "b" + \'c\';</script>',
      '+ADw-%+AEA- Page %+AD4-',
      '-----BEGIN CERTIFICATE-----\r\nPCVAIFBhZ2UgJT48JSB4KCkgJT4=\r\n-----END CERTIFICATE-----\r\n',
      `!BDN${'\0'.repeat(600)}<%@ Page %>`,
    ),
    { name: 'utf-16', bytes: Buffer.from('\uFEFF<%@ Page Language="C#" %><% a(); %>', 'utf16le') },
  ],
  run: async (input) => {
    for (const layer of layersOf(input)) {
      const [offset, length] = layer.at
      assert.ok(offset >= 0 && length >= 0 && offset + length <= input.length, `a layer from ${offset}, ${length}`)
      assert.ok(layer.bytes.length <= 4 * 2 ** 20)
    }
  },
})
