import { closeSync, mkdirSync, openSync, renameSync, statSync, writeFileSync, type Stats } from 'node:fs'
import { dirname } from 'node:path'
import { PosternError, refusal } from '../lib/errors.ts'

/** Makes a folder and those around it. (Node's own `recursive` never ends where a file system forbids it, as /proc does.) */
export function makeFolder(folder: string): void {
  if (statsOf(folder) === 'nothing') {
    if (dirname(folder) !== folder) makeFolder(dirname(folder))
    try {
      mkdirSync(folder)
    } catch (error) {
      throw cannotWrite(folder, error)
    }
  }
}

/** Writes a file that must not be there yet: nothing of another run is ever written over. */
export function writeNew(file: string, content: string | Iterable<string>, largest = Infinity): void {
  try {
    if (typeof content === 'string') writeFileSync(file, content, { flag: 'wx' })
    else writePieces(openSync(file, 'wx'), content, largest)
  } catch (error) {
    throw cannotWrite(file, error)
  }
}

/** Puts new content in the place of a file of this run: there is always one of the two, whole. */
export function writeOver(file: string, content: string): void {
  const next = `${file}.new`
  writeNew(next, content)
  try {
    renameSync(next, file)
  } catch (error) {
    throw cannotWrite(file, error)
  }
}

/** Of hundreds of thousands of files the text is never in memory whole. */
function writePieces(file: number, pieces: Iterable<string>, largest: number): void {
  try {
    let [text, written] = ['', 0]
    for (const piece of pieces) {
      text += piece
      if (text.length < 1 << 20) continue
      written += text.length
      if (written > largest) throw new RangeError(`it is larger than ${largest} bytes`)
      writeFileSync(file, text)
      text = ''
    }
    writeFileSync(file, text)
  } finally {
    closeSync(file)
  }
}

/** An error of the operating system as what stops the run; any other is a bug. */
export function cannotWrite(path: string, error: unknown): Error {
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code === undefined || syscall === undefined) return error as Error
  return new PosternError('cannot-write', `${path}: the results cannot be written: ${refusal(code)}.`)
}

/** Why a path is no folder that can be used, in words. */
export function notAFolder(path: string): string {
  try {
    statSync(path)
    return `${path} is not a folder.`
  } catch (error) {
    return `${path} cannot be opened: ${refusal((error as NodeJS.ErrnoException).code)}.`
  }
}

/** What is at a path; `unknown` without permission. */
export function statsOf(path: string): Stats | 'nothing' | 'unknown' {
  try {
    return statSync(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'nothing' : 'unknown'
  }
}
