/** What a sentence of an antivirus product says: what was found, and in which file. */
export type FoundThreat = { readonly threat: string; readonly file: string; readonly before: string }

/** Products that write their detections into the log of applications, by the beginnings of their sources. */
const PRODUCTS =
  /^(?:symantec|norton|sophos|savonaccess|mclogevent|mcafee|trellix|eset|trend micro|kaspersky|bitdefender|f-secure|withsecure|avast|avg|avira|g data|malwarebytes|sentinel ?one|panda|webroot|cylance|microsoft antimalware|fortinet|forticlient)/i

/**
 * `Troj/WebShel-L' at 'C:\…'`, `Backdoor.Chopper in File: C:\… by: Auto-Protect scan`: a name in quotation marks or without blanks,
 * and a path of Windows or of a share.
 */
const NAMED_FIRST =
  /(?:['"\u2018\u201c]([^'"\u2018-\u201d\r\n]{2,128})['"\u2019\u201d]|(?<![^\s])([^\s'"]{3,128})) (?:has been |was )?(?:found |detected )?(?:at|in)(?: file:?)? ['"\u2018\u201c]?((?:[a-z]:[\\/]|\\\\)[^'"\u2018-\u201d<>|*?\r\n]{1,400}?)(?=['"\u2019\u201d]| by:|$)/im
/** `The file C:\… contains Backdoor-X Trojan.` */
const FILE_FIRST =
  /\bfile:? ['"\u2018\u201c]?((?:[a-z]:[\\/]|\\\\)[^'"\u2018-\u201d<>|*?\r\n]{1,400}?)['"\u2019\u201d]? (?:contains|is infected with|was infected with)(?: the)? ['"\u2018\u201c]?([^\s'"\u2019\u201d]{3,128})/i
/** Names of threats have two parts, or say what they are. */
const THREAT = /[./:!-]|trojan|virus|malware|shell|backdoor|hack|risk|exploit|ransom/i

/** Is it the name of a threat, and not a word of a sentence? */
export function isThreatName(text: string): boolean {
  return THREAT.test(text)
}

/** The first threat and file that a sentence names; null where it names none. */
export function threatIn(text: string): FoundThreat | null {
  const said = text.slice(0, 4096)
  const first = NAMED_FIRST.exec(said)
  const name = first?.[1] ?? first?.[2]
  if (first && name !== undefined && isThreatName(name))
    return { threat: name, file: first[3]!.trim(), before: wordsBefore(said, first.index) }
  const other = FILE_FIRST.exec(said)
  return other && isThreatName(other[2]!)
    ? { threat: other[2]!, file: other[1]!.trim(), before: wordsBefore(said, other.index) }
    : null
}

function wordsBefore(text: string, index: number): string {
  return text.slice(0, index).trim().replace(/:$/, '')
}

/** The source of an event in the log of applications: is it an antivirus product? */
export function isAntivirusSource(provider: string | null): boolean {
  return provider !== null && PRODUCTS.test(provider)
}
