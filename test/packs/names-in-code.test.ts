import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { packDocument, packFolders } from '../../src/knowledge/load-packs.ts'

// A campaign is data: no pack, action or vulnerability of one is named in the code of the program or of the page.

const root = join(import.meta.dirname, '..', '..')
/** Ids that are at the same time words of the program with a meaning of their own. */
const ownWords: Readonly<Record<string, string>> = {
  'extended-protection': 'a setting of IIS',
  'mail-taken': 'one of the six questions',
  'microsoft-365': 'a product',
  preserve: 'an element of the file of a compiled page',
  scope: 'a field of a mailbox',
  tell: 'a function that takes facts',
  'transport-agents': 'a log kind',
}

test('no id of a pack or action and no vulnerability of a pack stands in the code', () => {
  const packs = packFolders(join(root, 'packs')).map((folder) => ({
    id: basename(folder),
    doc: packDocument(folder) as Pack,
  }))
  const ids = new Set(packs.flatMap(({ id, doc }) => [id, ...(doc.actions ?? []).map((action) => action.id)]))
  const cves = new Set(packs.flatMap(({ doc }) => doc.cves ?? []))
  const [found, used] = [new Set<string>(), new Set<string>()]
  for (const file of ['src', 'web'].flatMap(codeBelow)) {
    const code = withoutComments(readFileSync(join(root, file), 'utf8'))
    for (const [, text] of code.matchAll(/['"`]([a-z0-9][a-z0-9-]*)['"`]/g))
      if (ids.has(text!))
        (Object.hasOwn(ownWords, text!) ? used : found).add(Object.hasOwn(ownWords, text!) ? text! : `${file}: ${text}`)
    for (const [cve] of code.matchAll(/CVE-\d{4}-\d+/g)) if (cves.has(cve)) found.add(`${file}: ${cve}`)
  }
  assert.deepEqual([...found].sort(), [])
  assert.deepEqual([...used].sort(), Object.keys(ownWords).sort())
})

type Pack = { readonly cves?: readonly string[]; readonly actions?: readonly { readonly id: string }[] }

function codeBelow(folder: string): readonly string[] {
  return (readdirSync(join(root, folder), { recursive: true }) as string[])
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
}

/** Whole lines of comments, and what stands behind the code of a line. */
function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/[^\n]*/g, '$1')
}
