import { fileTime, fileTimeText, utcTime } from '../../lib/time.ts'
import type { FieldValue } from '../../model/event.ts'
import { Damage } from '../common/format-error.ts'
import { type Context, gives, keyValues } from './context.ts'
import type { RegistryValue } from './hive.ts'
import { shimCache } from './shimcache.ts'
import { anyText, numberOf, registryText } from './value.ts'
import type { KeyView } from './view.ts'

/** The application compatibility cache: programs that were started or only looked at, with the time of their file. */
export function shimCacheOf(key: KeyView, context: Context): void {
  for (const { value, former } of keyValues(key)) {
    if (!/^(?:AppCompatCache|CacheMainSdb)$/i.test(value.name)) continue
    const data = value.data()
    if (data === null || data.length < 4) continue
    try {
      let place = 0
      for (const entry of shimCache(data)) {
        const { path, modified, updated, executed } = entry
        context.emit(gives.program, key, {
          value,
          former,
          time: modified?.time ?? null,
          user: null,
          target: path,
          fields: {
            Image: path,
            Source: 'ShimCache',
            TimeMeaning: 'file modified',
            FileModified: modified?.text ?? null,
            ...(updated ? { EntryUpdated: updated.text } : {}),
            ...(executed === null ? {} : { Executed: executed }),
            CachePosition: place++,
          },
          raw: `ShimCache entry ${place}: ${path}, file modified ${modified?.text ?? 'at an unknown time'}`,
        })
      }
    } catch (error) {
      if (!(error instanceof Damage)) throw error
      context.note(error.message, value.at)
    }
  }
}

/** AmCache since Windows 10: one key a program file. */
export function amcacheFile(key: KeyView, context: Context): void {
  const text = (name: string): string | null => anyText(key.value(name))
  const image = text('LowerCaseLongPath') ?? text('Name')
  if (image === null) return
  program(key, context, image, 'AmCache', 'cataloged', {
    ...hashes(text('FileId')),
    Product: text('ProductName'),
    ProductVersion: text('ProductVersion') ?? text('Version'),
    Publisher: text('Publisher'),
    OriginalFileName: text('OriginalFileName'),
    Size: numberOf(key.value('Size')),
    LinkTime: linkTime(text('LinkDate')),
    ProgramId: text('ProgramId'),
  })
}

/** Drivers in the AmCache: the name of the key is the path of the file. */
export function amcacheDriver(key: KeyView, context: Context): void {
  const text = (name: string): string | null => anyText(key.value(name))
  // Windows Server 2016 names the key by the id instead.
  const image = /^0000[0-9a-f]{40}$/i.test(key.name) ? (text('DriverName') ?? key.name) : key.name.replaceAll('/', '\\')
  program(key, context, image, 'AmCache driver', 'cataloged', {
    ...hashes(text('DriverId') ?? key.name),
    Product: text('Product'),
    ProductVersion: text('ProductVersion') ?? text('DriverVersion'),
    Publisher: text('DriverCompany'),
    Service: text('Service'),
    Signed: text('DriverSigned') ?? numberOf(key.value('DriverSigned')),
    Size: numberOf(key.value('ImageSize')),
  })
}

/** AmCache of Windows 8 and Server 2012: volume, file reference, and values named by hexadecimal numbers. */
export function amcacheOldFile(key: KeyView, context: Context): void {
  const text = (name: string): string | null => anyText(key.value(name))
  const image = text('15')
  if (image === null) return
  program(key, context, image, 'AmCache', 'cataloged', {
    ...hashes(text('101')),
    Product: text('0'),
    Publisher: text('1'),
    ProductVersion: text('5'),
    Size: numberOf(key.value('6')),
    LinkTime: seconds(numberOf(key.value('f'))),
    FileModified: stampText(key.value('11')),
    FileCreated: stampText(key.value('12')),
    ProgramId: text('100'),
  })
}

function program(
  key: KeyView,
  context: Context,
  image: string,
  source: string,
  meaning: string,
  fields: Readonly<Record<string, FieldValue>>,
): void {
  const known = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== ''))
  context.emit(gives.program, key, {
    target: image,
    user: null,
    fields: { Image: image, Source: source, TimeMeaning: meaning, ...known },
  })
}

/** An id of AmCache is four zeros and the SHA-1 of the first 30 MB of the file. */
function hashes(id: string | null): Readonly<Record<string, FieldValue>> {
  const m = /^0000([0-9a-f]{40})$/i.exec(id ?? '')
  return m ? { Hashes: `SHA1=${m[1]!.toUpperCase()}`, sha1: m[1]!.toLowerCase() } : {}
}

/** `05/04/2021 17:43:39`, in UTC. */
function linkTime(text: string | null): string | null {
  const m = /^(\d\d)\/(\d\d)\/(\d{4}) (\d\d):(\d\d):(\d\d)$/.exec(text ?? '')
  if (!m) return null
  const time = utcTime(+m[3]!, +m[1]!, +m[2]!, +m[4]!, +m[5]!, +m[6]!)
  return time === null ? null : new Date(time).toISOString()
}

function seconds(number: number | null): string | null {
  return number === null ? null : new Date(number * 1000).toISOString()
}

/** A FILETIME in a value of eight bytes. */
function stampText(value: RegistryValue | null): string | null {
  const data = value?.data(8)
  return data?.length === 8 ? fileTimeText(data.readUInt32LE(0), data.readUInt32LE(4)) : null
}

/** Background activity moderator: programs that a user ran, with the last time. */
export function backgroundActivity(key: KeyView, context: Context): void {
  for (const { value, former } of keyValues(key)) {
    const data = value.data(24)
    if (data === null || data.length < 8 || !value.name.includes('\\')) continue
    const [low, high] = [data.readUInt32LE(0), data.readUInt32LE(4)]
    context.emit(gives.program, key, {
      value,
      former,
      time: fileTime(low, high),
      user: key.name,
      target: value.name,
      fields: {
        Image: value.name,
        Source: key.path.some((name) => name.toLowerCase() === 'dam') ? 'DAM' : 'BAM',
        TimeMeaning: 'last run',
        RunTime: fileTimeText(low, high),
        User: key.name,
      },
      raw: `${value.name} last run ${fileTimeText(low, high) ?? 'at an unknown time'} by ${key.name}`,
    })
  }
}

/** UserAssist: what a user started in Explorer, its names turned by 13 letters. */
export function userAssist(key: KeyView, context: Context): void {
  for (const { value, former } of keyValues(key)) {
    const data = value.data(72)
    // Version 3 (up to Vista) has 16 bytes and counts from 5, version 5 has 72.
    if (data === null || (data.length !== 16 && data.length !== 72)) continue
    const image = rot13(value.name)
    // Sums over all programs stand beside them.
    if (/^UEME_\w+$/.test(image) || /^UEME_CTL/.test(image)) continue
    const at = data.length === 16 ? 8 : 60
    const [low, high] = [data.readUInt32LE(at), data.readUInt32LE(at + 4)]
    const count = data.readUInt32LE(4)
    context.emit(gives.program, key, {
      value,
      former,
      time: fileTime(low, high),
      target: inFolder(image.replace(/^UEME_RUN\w*:/, '')),
      fields: {
        Image: inFolder(image.replace(/^UEME_RUN\w*:/, '')),
        Source: 'UserAssist',
        TimeMeaning: 'last run',
        RunTime: fileTimeText(low, high),
        RunCount: data.length === 16 ? Math.max(0, count - 5) : count,
        User: context.identity.user,
      },
      raw: `${image} last run ${fileTimeText(low, high) ?? 'at an unknown time'}, ${count} times`,
    })
  }
}

/** Folders that UserAssist names by their ids. https://learn.microsoft.com/windows/win32/shell/knownfolderid */
const folders: Readonly<Record<string, string>> = {
  '{F38BF404-1D43-42F2-9305-67DE0B28FC23}': '%windir%',
  '{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}': '%windir%\\System32',
  '{D65231B0-B2F1-4857-A4CE-A8E7C6EA7D27}': '%windir%\\SysWOW64',
  '{6D809377-6AF0-444B-8957-A3773F02200E}': '%ProgramFiles%',
  '{905E63B6-C1BF-494E-B29C-65B732D3D21A}': '%ProgramFiles%',
  '{7C5A40EF-A0FB-4BFC-874A-C0F2E0B9FA8E}': '%ProgramFiles(x86)%',
}

function inFolder(image: string): string {
  const id = image.slice(0, 38).toUpperCase()
  return Object.hasOwn(folders, id) ? `${folders[id]!}${image.slice(38)}` : image
}

function rot13(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const code = letter.charCodeAt(0)
    const base = code < 97 ? 65 : 97
    return String.fromCharCode(((code - base + 13) % 26) + base)
  })
}

/** RecentDocs: names of files that a user opened; the name stands before the first zero. */
export function recentDocuments(key: KeyView, context: Context): void {
  for (const { value, former } of keyValues(key)) {
    if (!/^\d+$/.test(value.name)) continue
    const data = value.data(2048)
    if (data === null) continue
    const name = data.toString('utf16le')
    const end = name.indexOf('\0')
    if (end <= 0) continue
    context.emit(gives.registry, key, {
      value,
      former,
      fields: {
        Details: name.slice(0, end),
        ValueName: value.name,
        ValueType: 'REG_BINARY',
        Category: 'Recent document',
      },
    })
  }
}

/** MuiCache: programs whose description Explorer looked up. */
export function muiCache(key: KeyView, context: Context): void {
  for (const { value, former } of keyValues(key)) {
    const image = /^(.+\.(?:exe|com|scr|bat|cmd|dll))(?:\.FriendlyAppName|\.ApplicationCompany)?$/i.exec(
      value.name,
    )?.[1]
    const text = registryText(value)
    if (image === undefined || text === null || /\.ApplicationCompany$/i.test(value.name)) continue
    context.emit(gives.program, key, {
      value,
      former,
      time: null,
      target: image,
      fields: {
        Image: image,
        Source: 'MuiCache',
        TimeMeaning: 'none',
        Description: text,
        User: context.identity.user,
      },
    })
  }
}
