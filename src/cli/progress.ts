import type { Progress } from '../assess.ts'
import type { Terminal } from './terminal.ts'

/** Progress on one line of stderr with rate and time left; silent when stderr is no terminal, in CI, or with --quiet. */
export function progressLine(
  quiet: boolean,
  terminal: Terminal,
): { update: (progress: Progress) => void; end: () => void } {
  const shown = !quiet && terminal.err && !process.env.CI && process.env.TERM !== 'dumb'
  const started = Date.now()
  let last = 0
  return {
    update({ files, filesDone, bytes, bytesDone, hits }) {
      const now = Date.now()
      if (!shown || (now - last < 200 && filesDone < files)) return
      last = now
      const seconds = Math.max(0.2, (now - started) / 1000)
      const rate = bytesDone / seconds
      const left = rate > 0 ? Math.max(0, bytes - bytesDone) / rate : 0
      process.stderr.write(
        `\r\u001b[K${filesDone} of ${files} files, ${mega(bytesDone)} of ${mega(bytes)} MB, ${mega(rate)} MB/s, ${span(left)} left, ${hits} hits`,
      )
    },
    end() {
      if (shown) process.stderr.write('\r\u001b[K')
    },
  }
}

const mega = (bytes: number): string => (bytes / 1e6).toFixed(1)

function span(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.ceil(seconds % 60)} s`
  return `${Math.floor(seconds / 3600)} h ${Math.ceil((seconds % 3600) / 60)} min`
}
