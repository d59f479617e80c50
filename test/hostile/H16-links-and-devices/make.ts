import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { Make } from '../case.ts'
import { LOGON_PAGES } from '../parts.ts'

export const make: Make = ({ evidence }) => {
  const links = join(evidence, 'C/links')
  mkdirSync(links)
  symlinkSync('/', join(links, 'root'))
  symlinkSync('..', join(links, 'circle'))
  symlinkSync(join(links, 'itself'), join(links, 'itself'))
  symlinkSync('/etc/passwd', join(evidence, LOGON_PAGES, 'link.aspx'))
  execFileSync('mkfifo', [join(links, 'pipe')])
}
