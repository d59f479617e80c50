// `node test/bench/registry.ts [megabytes]`: how fast a hive of that size is read, with few events (SOFTWARE: classes and
// components) and with many (SYSTEM: services, firewall rules), clean and completed from a transaction log. The hives are
// made the same way each time and lie in memory only.
import { registry } from '../../src/parsers/registry/index.ts'
import { dirty, hiveFile, type HiveKey, newLog } from '../../tools/writers/regf.ts'

const ROUNDS = 3
const megabytes = Number(process.argv[2] ?? 64)

await measure('SOFTWARE', software(megabytes * 1e6))
await measure('SYSTEM', system((megabytes * 1e6) / 4))
const clean = software((megabytes * 1e6) / 2)
await measure('SOFTWARE, dirty, with its log', dirty(clean), newLog([clean, withNoise(clean)], 1))

async function measure(name: string, bytes: Buffer, log?: Buffer): Promise<void> {
  const seconds: number[] = []
  let events = 0
  for (let round = 0; round < ROUNDS; round++) {
    events = 0
    const own = Buffer.from(bytes)
    const start = performance.now()
    await registry.read(
      {
        path: name,
        windowsPath: null,
        size: own.length,
        bytes: own.subarray(0, 65_536),
        text: '',
        modified: null,
        companions: log ? [{ path: `${name}.LOG1`, size: log.length, read: async () => log }] : [],
        async *chunks() {
          for (let at = 0; at < own.length; at += 1 << 18) yield own.subarray(at, at + (1 << 18))
        },
      },
      { event: () => void events++, gap: (gap) => console.log('gap', gap), fact: () => {} },
    )
    seconds.push((performance.now() - start) / 1000)
  }
  const median = seconds.sort((a, b) => a - b)[ROUNDS >> 1]!
  const rate = Math.round((bytes.length + (log?.length ?? 0)) / 1e6 / median)
  console.log(
    `${name.padEnd(30)} ${Math.round(bytes.length / 1e6)} MB, ${events} events: ${median.toFixed(2)} s, ${rate} MB/s`,
  )
}

function software(size: number): Buffer {
  const tree: Record<string, HiveKey> = { 'Microsoft\\Windows NT\\CurrentVersion': {} }
  for (let i = 0; i * 1350 < size; i++) {
    const id = `{${i.toString(16).padStart(8, '0')}-0000-0000-c000-000000000046}`
    tree[`Classes\\CLSID\\${id}`] = { values: { '': `A class of a component, number ${i}`, AppID: id } }
    tree[`Classes\\CLSID\\${id}\\InprocServer32`] = {
      values: { '': `C:\\Windows\\System32\\library${i % 500}.dll`, ThreadingModel: 'Both' },
    }
    tree[`Microsoft\\Windows\\CurrentVersion\\Component${i % 500}\\k${i}`] = {
      values: {
        Blob: { type: 'REG_BINARY', data: Buffer.alloc(300, i & 255) },
        f: 1,
        p: 'C:\\Windows\\WinSxS\\amd64_x',
      },
    }
  }
  return hiveFile(tree, { name: 'SOFTWARE' })
}

function system(size: number): Buffer {
  const tree: Record<string, HiveKey> = { Select: { values: { Current: 1 } } }
  const rules: Record<string, string> = {}
  for (let i = 0; i * 1250 < size; i++) {
    tree[`ControlSet001\\Services\\Service${i}`] = {
      values: {
        Type: 32,
        Start: 2,
        ImagePath: { type: 'REG_EXPAND_SZ', data: '%SystemRoot%\\system32\\svchost.exe -k netsvcs' },
        ObjectName: 'LocalSystem',
        DisplayName: `@%SystemRoot%\\system32\\library${i}.dll,-100`,
      },
    }
    tree[`ControlSet001\\Services\\Service${i}\\Parameters`] = {
      values: { ServiceDll: `C:\\Windows\\library${i}.dll` },
    }
    rules[`{rule-${i}}`] =
      `v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=${i}|App=C:\\a${i}.exe|Name=Rule ${i}|`
  }
  tree['ControlSet001\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules'] = { values: rules }
  return hiveFile(tree, { name: 'SYSTEM' })
}

/** A byte of one value in each megabyte is another one. */
function withNoise(hive: Buffer): Buffer {
  const copy = Buffer.from(hive)
  const part = Buffer.from('library', 'utf16le')
  for (let at = copy.indexOf(part); at >= 0; at = copy.indexOf(part, at + (1 << 20))) copy[at] = 76
  return copy
}
