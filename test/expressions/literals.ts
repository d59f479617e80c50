import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAst } from 'rolldown/parseAst'

/** A regular expression of a program, and where it is written. */
export type Expression = { readonly pattern: string; readonly flags: string; readonly at: readonly string[] }
export type Expressions = {
  /** By `/pattern/flags`: literals, and what is made of constant texts. */
  readonly constant: ReadonlyMap<string, Expression>
  /** Calls of `RegExp` with what is only known when they run, as they are written. */
  readonly made: readonly string[]
}

type Tree = { readonly type: string; readonly start: number; readonly end: number; readonly [key: string]: unknown }

/** All expressions of these files. */
export function expressionsIn(files: readonly string[], root: string): Expressions {
  const constant = new Map<string, Expression>()
  const made = new Set<string>()
  for (const file of files) {
    const code = readFileSync(join(root, file), 'utf8')
    const lang = file.endsWith('.tsx') ? 'tsx' : file.endsWith('.ts') ? 'ts' : 'js'
    const tree = parseAst(code, { lang }) as unknown as Tree
    const add = (pattern: string, flags: string): void => {
      const key = `/${pattern}/${flags}`
      constant.set(key, { pattern, flags, at: [...(constant.get(key)?.at ?? []), file] })
    }
    for (const node of nodesOf(tree)) {
      if (node.type === 'Literal' && node.regex) {
        const { pattern, flags } = node.regex as { readonly pattern: string; readonly flags: string }
        add(pattern, flags)
      }
      const isCall = node.type === 'NewExpression' || node.type === 'CallExpression'
      if (!isCall || (node.callee as Tree).name !== 'RegExp') continue
      const [pattern, flags] = (node.arguments as Tree[]).map(textOf)
      if (typeof pattern === 'string' && (flags === undefined || typeof flags === 'string')) add(pattern, flags ?? '')
      else made.add(code.slice(node.start, node.end).replace(/\s+/g, ' '))
    }
  }
  return { constant, made: [...made] }
}

/** The files of a folder with this ending, in order. */
export function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith(ending))
    .sort()
}

/** Every node of a tree. */
function nodesOf(tree: Tree): Tree[] {
  const nodes: Tree[] = []
  const left: unknown[] = [tree]
  while (left.length > 0) {
    const value = left.pop()
    if (typeof value !== 'object' || value === null) continue
    if (!Array.isArray(value) && typeof (value as Tree).type === 'string') nodes.push(value as Tree)
    for (const child of Object.values(value)) if (typeof child === 'object') left.push(child)
  }
  return nodes
}

/** The text that a part of a program stands for, whenever it runs; null where that is not sure. */
function textOf(node: Tree): string | null {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node.type === 'TemplateLiteral') {
    const [quasi] = node.quasis as { readonly value: { readonly cooked: string } }[]
    return (node.expressions as unknown[]).length === 0 ? quasi!.value.cooked : null
  }
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return null
  const [left, right] = [textOf(node.left as Tree), textOf(node.right as Tree)]
  return left === null || right === null ? null : left + right
}
