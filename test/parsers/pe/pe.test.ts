import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import type { Fact, Fields } from '../../../src/model/event.ts'
import type { Gap } from '../../../src/model/evidence.ts'
import { pe } from '../../../src/parsers/programs/pe/index.ts'
import { survivesDamage } from '../hostile.ts'
import { program } from '../../../tools/writers/pe.ts'

async function described(
  bytes: Buffer,
  path = 'x.dll',
): Promise<{ about: Fields; facts: Fact[]; gaps: Omit<Gap, 'path'>[] }> {
  let about: Fields = {}
  const facts: Fact[] = []
  const gaps: Omit<Gap, 'path'>[] = []
  const head = {
    path,
    windowsPath: path.includes(':') ? path : null,
    size: bytes.length,
    bytes: bytes.subarray(0, 65_536),
    text: '',
  }
  assert.equal(pe.recognize(head), 95)
  const source = {
    ...head,
    modified: null,
    async *chunks() {
      yield bytes
    },
  }
  const parsed = await pe.read(source, {
    event: () => assert.fail('a program holds no events'),
    gap: (gap) => void gaps.push(gap),
    fact: (fact) => void facts.push(fact),
    about: (fields) => void (about = { ...about, ...fields }),
  })
  assert.equal(parsed, bytes.length)
  return { about, facts, gaps }
}

const key = Buffer.from(Array.from({ length: 160 }, (_, i) => i))
const everything = program({
  exports: ['DllMain', 'RegisterModule'],
  version: {
    CompanyName: 'Example',
    FileVersion: '3.1.4.1',
    OriginalFilename: 'module.dll',
    ProductName: 'Example module',
  },
  product: [3, 1, 4, 1],
  assembly: { name: 'Example.Module', key, interfaces: ['IHttpModule', 'IDisposable'] },
  signer: 'Example Corporation',
})

describe('program files', () => {
  it('says what stands in it', async () => {
    const { about, gaps } = await described(everything)
    assert.deepEqual(gaps, [])
    assert.deepEqual(
      { ...about },
      {
        Machine: 'x86',
        CompileTime: '2020-09-13T12:26:40.000Z',
        IsLibrary: true,
        FileVersion: '3.1.4.1',
        ProductVersion: '3.1.4.1',
        Company: 'Example',
        Product: 'Example module',
        Description: null,
        OriginalFileName: 'module.dll',
        InternalName: null,
        Signer: 'Example Corporation',
        SignatureIssuer: 'Example Issuing CA',
        SignatureHash: 'matches',
        SignatureChecked: false,
        IsDotNet: true,
        AssemblyName: 'Example.Module',
        AssemblyVersion: '3.1.4.1',
        PublicKeyToken: createHash('sha1').update(key).digest().subarray(-8).reverse().toString('hex'),
        References: ['System.Web'],
        Exports: ['RegisterModule'],
        IisModule: 'native',
      },
    )
  })

  for (const [what, bytes, kind] of [
    ['native module', program({ exports: ['RegisterModule'] }), 'native'],
    ['filter', program({ exports: ['GetFilterVersion', 'HttpFilterProc'] }), 'isapi-filter'],
    ['extension', program({ exports: ['HttpExtensionProc'] }), 'isapi-extension'],
    ['managed module', program({ assembly: { name: 'A', interfaces: ['IHttpModule'] } }), 'managed'],
    ['managed handler', program({ assembly: { name: 'A', interfaces: ['IHttpHandler'] } }), 'managed-handler'],
    ['other assembly', program({ assembly: { name: 'A', interfaces: ['IDisposable'] } }), null],
    ['other library', program({ exports: ['DllMain'] }), null],
    ['nothing at all', program({}), null],
  ] as const) {
    it(`${what}: ${kind}`, async () => {
      const { about, gaps } = await described(bytes)
      assert.deepEqual([about.IisModule, gaps], [kind, []])
    })
  }

  it('a changed byte shows in the digest of the signature', async () => {
    const bytes = Buffer.from(everything)
    bytes[0x60]! ^= 1
    assert.equal((await described(bytes)).about.SignatureHash, 'differs')
  })

  it('a bare file says nothing of a signature', async () => {
    const { about } = await described(program({}))
    assert.deepEqual([about.Signer, about.SignatureHash, about.PublicKeyToken], [null, null, null])
  })

  const exsetup = program({ version: { FileVersion: '15.01.2044.004' }, product: [15, 1, 2044, 4] })
  for (const [path, build] of [
    ['C:\\Program Files\\Microsoft\\Exchange Server\\V15\\Bin\\ExSetup.exe', ['15.1.2044.4', 'update', 'ExSetup.exe']],
    [
      'V15/FrontEnd/HttpProxy/bin/Microsoft.Exchange.FrontEndHttpProxy.dll',
      ['15.1.2044.4', 'cu', 'Microsoft.Exchange.FrontEndHttpProxy.dll'],
    ],
    ['C:\\Users\\a\\Downloads\\ExSetup.exe', null],
  ] as const) {
    it(`${path}: ${build?.join(' ') ?? 'no build'}`, async () => {
      const [fact] = (await described(exsetup, path)).facts
      assert.deepEqual(fact?.fact === 'build' ? [fact.build, fact.precision, fact.source] : null, build)
    })
  }
})

survivesDamage('pe', pe, everything)
