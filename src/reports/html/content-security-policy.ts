import { createHash } from 'node:crypto'

/**
 * The content security policy of a page that asks nothing of the network: its own style and, where it has one, its own
 * script, known by their digests, and nothing else.
 */
export function policyOf(style: string, script?: string): string {
  const own = script === undefined ? '' : ` script-src '${digest(script)}'; img-src data:;`
  return `default-src 'none'; style-src '${digest(style)}';${own} base-uri 'none'; form-action 'none'`
}

const digest = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`
