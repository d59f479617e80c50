import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parseAst } from 'rolldown/parseAst'

// Figures of the program's structure, by its syntax trees: what test/structure.test.ts holds to limits and
// scripts/structure.mjs prints.

export type FunctionSize = {
  readonly file: string
  readonly line: number
  readonly name: string
  readonly lines: number
  /** McCabe's: 1, and one more for each way that the control flow can part. */
  readonly complexity: number
}

type Node = { readonly type: string; readonly start: number; readonly end: number; readonly [key: string]: unknown }

const root = join(import.meta.dirname, '..')

/** Files of TypeScript below a folder of the project, without AssemblyScript and declarations. */
export function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => posix.join(folder, file.replaceAll('\\', '/')))
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts') && !file.includes('/assembly/'))
    .sort()
}

/** Lines of a file. */
export function lengthOf(file: string): number {
  return readFileSync(join(root, file), 'utf8').split('\n').length - 1
}

/** Every function of a file that has a name of its own: declared, a method, or the value of a variable. */
export function functionsOf(file: string): FunctionSize[] {
  const text = readFileSync(join(root, file), 'utf8')
  const found: FunctionSize[] = []
  walk(treeOf(file, text), (node, parent) => {
    const name = isFunction(node) ? nameOf(node, parent) : null
    if (name === null) return
    const line = lineAt(text, node.start)
    found.push({ file, line, name, lines: lineAt(text, node.end) - line + 1, complexity: complexityOf(node) })
  })
  return found
}

/** What a file exports, types too: its name and which of the two it is. */
export function exportsOf(file: string): { readonly name: string; readonly kind: 'type' | 'value' }[] {
  const tree = treeOf(file, readFileSync(join(root, file), 'utf8'))
  return (tree.body as Node[]).flatMap((node) => {
    const declared = node.type === 'ExportNamedDeclaration' ? (node.declaration as Node | null) : null
    if (!declared) return []
    if (declared.type === 'VariableDeclaration')
      return (declared.declarations as Node[]).map(({ id }) => ({ name: (id as { name: string }).name, kind: 'value' }))
    const kind = /^TS(?:TypeAlias|Interface)Declaration$/.test(declared.type) ? 'type' : 'value'
    return [{ name: (declared.id as { name: string }).name, kind }]
  })
}

/** Names that more than one of the files exports, with those files: types and values alike. */
export function repeatedExports(files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const homes = new Map<string, Set<string>>()
  for (const file of files)
    for (const { name } of exportsOf(file)) homes.set(name, (homes.get(name) ?? new Set()).add(file))
  return new Map([...homes].flatMap(([name, of]) => (of.size > 1 ? [[name, [...of]] as const] : [])))
}

const trees = new Map<string, Node>()

/** Each file is parsed once. */
function treeOf(file: string, text: string): Node {
  const known = trees.get(text)
  if (known) return known
  const tree = parseAst(text, { lang: file.endsWith('.tsx') ? 'tsx' : 'ts', sourceType: 'module' }) as unknown as Node
  trees.set(text, tree)
  return tree
}

function walk(node: Node, see: (node: Node, parent: Node | null) => void, parent: Node | null = null): void {
  see(node, parent)
  for (const child of childrenOf(node)) walk(child, see, node)
}

function childrenOf(node: Node): Node[] {
  return Object.values(node)
    .flat()
    .filter((value): value is Node => typeof (value as Node | null)?.type === 'string')
}

function isFunction({ type }: Node): boolean {
  return type === 'FunctionDeclaration' || type === 'FunctionExpression' || type === 'ArrowFunctionExpression'
}

function nameOf(node: Node, parent: Node | null): string | null {
  const named = (node.id ?? parent?.id ?? parent?.key) as { name?: string } | null | undefined
  const isNamed =
    parent !== null && /^(?:VariableDeclarator|MethodDefinition|Property|PropertyDefinition)$/.test(parent.type)
  return node.id || isNamed ? (named?.name ?? null) : null
}

const PARTS: ReadonlySet<string> = new Set([
  'IfStatement',
  'ConditionalExpression',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'WhileStatement',
  'DoWhileStatement',
  'CatchClause',
  'LogicalExpression',
])

/** Functions inside count for themselves. */
function complexityOf(node: Node): number {
  let count = 1
  const see = (one: Node): void => {
    if (PARTS.has(one.type) || (one.type === 'SwitchCase' && one.test !== null)) count++
    for (const child of childrenOf(one)) if (!isFunction(child)) see(child)
  }
  for (const child of childrenOf(node)) see(child)
  return count
}

function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return line
}
