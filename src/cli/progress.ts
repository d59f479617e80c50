import type { Progress } from '../model/progress.ts'
import { cut, paint } from '../lib/terminal.ts'
import type { OutputTerminal } from './terminal.ts'

/** So often the line is written anew (ms). */
const EVERY = 100

/**
 * How far the work is, on one line of a terminal's stderr: files, bytes, rate, what was found so far and the time left; silent
 * in a pipe, in CI, and with --quiet.
 */
export function progressLine(
  quiet: boolean,
  { live, color, line }: OutputTerminal,
): { found: (files: number) => void; update: (progress: Progress) => void; end: () => void } {
  const width = quiet ? null : live
  let started: number | null = null
  let last = 0
  const show = (text: string): void => {
    if (width !== null) process.stderr.write(`${line}${text}`)
  }
  show(paint(cut('listing the evidence …', (width ?? 80) - 1), 'dim', color))
  return {
    found(files) {
      const now = Date.now()
      if (width === null || now - last < EVERY) return
      last = now
      show(paint(cut(`listing the evidence … ${thousands(files)} files`, width - 1), 'dim', color))
    },
    update(progress) {
      const now = Date.now()
      started ??= now
      const isLast = progress.filesDone >= progress.files
      if (width === null || (now - last < EVERY && !isLast)) return
      last = now
      const { bar, words } = progressText(progress, (now - started) / 1000, width)
      show(bar === '' ? words : `${paint(bar, 'cyan', color)}${words}`)
    },
    end() {
      if (width !== null) process.stderr.write(line)
    },
  }
}

/**
 * The line: a bar, and what there is room for, the most important first. A terminal breaks a line that fills it, so one
 * column is left.
 */
export function progressText(
  { files, filesDone, bytes, bytesDone, hits, rules }: Progress,
  seconds: number,
  width: number,
): { readonly bar: string; readonly words: string } {
  const share = shareOf(files, filesDone, bytes, bytesDone)
  const time = Math.max(0.1, seconds)
  const done = filesDone >= files
  // A first moment says nothing about the rest.
  const left = done ? 'judging …' : time < 2 || share < 0.02 ? '' : `${span((time * (1 - share)) / share)} left`
  const of = bytes === null || bytes < bytesDone ? '' : ` of ${size(bytes)}`
  const found = hits === 0 ? '' : `${thousands(hits)} ${hits === 1 ? 'hit' : 'hits'}`
  const short = found && width < 130 ? found : found && `${found} of ${rules} ${rules === 1 ? 'rule' : 'rules'}`
  const percent = `${String(Math.floor(share * 100)).padStart(3)} %`
  const amount = `${size(bytesDone)}${of}`
  const rate = `${size(bytesDone / time)}/s`
  const count = `${thousands(filesDone)} of ${thousands(files)} files`
  const ranked = [percent, count, left, short, amount, rate].filter(Boolean)
  const order = [percent, count, amount, rate, short, left].filter(Boolean)
  // The bar keeps its place while numbers grow.
  const room = width < 96 ? 0 : Math.min(30, width - 88)
  const bar = room === 0 ? '' : `${barOf(share, room)} `
  for (let n = ranked.length; n > 0; n--) {
    const kept = new Set(ranked.slice(0, n))
    const words = order.filter((word) => kept.has(word)).join('  ')
    if (bar.length + words.length < width) return { bar, words }
  }
  return { bar: '', words: cut(percent, Math.max(0, width - 1)) }
}

/** How much of the work is done, from 0 to 1: by bytes where every size was known beforehand, else by files. */
function shareOf(files: number, filesDone: number, bytes: number | null, bytesDone: number): number {
  const share = bytes === null || bytes === 0 ? filesDone / Math.max(1, files) : bytesDone / bytes
  return Math.min(filesDone >= files ? 1 : 0.99, Math.max(0, share))
}

function barOf(share: number, width: number): string {
  const full = Math.round(share * (width - 2))
  return `[${'#'.repeat(full)}${'-'.repeat(width - 2 - full)}]`
}

const thousands = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',')

function size(bytes: number): string {
  const at = bytes < 1e6 ? 0 : bytes < 1e9 ? 1 : 2
  return `${(bytes / [1e3, 1e6, 1e9][at]!).toFixed(at === 0 ? 0 : 1)} ${['kB', 'MB', 'GB'][at]}`
}

function span(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
}
