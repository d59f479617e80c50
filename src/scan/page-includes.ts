import { isRunnable } from '../model/file-fields.ts'

/** Files that a page names, and the longest name. */
const MOST = { files: 500, name: 300 }

/**
 * What a page makes run besides itself, in the words of ASP, ASP.NET and server-side includes. Names of scripts that browsers
 * load stand in tags that do not run at the server.
 */
const named: readonly RegExp[] = [
  /<!--\s{0,40}#\s{0,40}include\s{1,40}(file|virtual)\s{0,40}=\s{0,40}["']?([^"'>\r\n]{1,300})/gi,
  /<%@[^>]{0,400}?\b(src|codefile|codebehind|virtualpath|masterpagefile)\s{0,4}=\s{0,4}["']?([^"'>\r\n\s]{1,300})/gi,
  /<script\b(?=[^>]{0,400}\brunat\b)[^>]{0,400}?\b(src)\s{0,4}=\s{0,4}["']?([^"'>\r\n\s]{1,300})/gi,
  /\bserver\s{0,4}\.\s{0,4}(execute|transfer|transferrequest|mappath)\s{0,4}\(?\s{0,4}@?["']([^"'\r\n]{1,300})["']/gi,
  /\b(loadcontrol)\s{0,4}\(\s{0,4}@?["']([^"'\r\n]{1,300})["']/gi,
]

/**
 * The files that a page of the server includes: `path` of each in lower case with `/`, from the root of the site where it begins
 * so (`isOfSite`), else from the drive, by the folder of the page. Other pages run by themselves.
 */
export function includesOf(text: string, page: string): { readonly path: string; readonly isOfSite: boolean }[] {
  const found = new Map<string, boolean>()
  const folder = page.toLowerCase().replaceAll('\\', '/').split('/').slice(0, -1)
  for (const pattern of named)
    for (const [, , value = ''] of text.matchAll(pattern)) {
      if (found.size >= MOST.files) break
      const name = value
        .trim()
        .replace(/--$/, '')
        .toLowerCase()
        .replaceAll('\\', '/')
        .replace(/^~(?=\/)/, '')
      if (name === '' || name.length > MOST.name || isRunnable(name)) continue
      const isOfSite = name.startsWith('/')
      const isWhole = isOfSite || /^[a-z]:\//.test(name)
      found.set(withoutDots(isWhole ? name.split('/') : [...folder, ...name.split('/')]), isOfSite)
    }
  return [...found].map(([path, isOfSite]) => ({ path, isOfSite }))
}

/** The path of these names, without `.` and `..`. */
export function withoutDots(names: readonly string[]): string {
  const kept: string[] = []
  for (const [i, name] of names.entries()) {
    if (name === '..') kept.pop()
    else if (name !== '.' && (name !== '' || i === 0)) kept.push(name)
  }
  return kept.join('/')
}
