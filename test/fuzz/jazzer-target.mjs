// What the engine calls, for the target that the environment names. The engine wants JavaScript; the targets are not.
const { targetNamed } = await import('./targets.ts')
const target = targetNamed(process.env.POSTERN_FUZZ_TARGET)

export function fuzz(data) {
  // A copy of exactly these bytes: what is read beyond the end is then seen.
  return target.run(Buffer.from(data))
}
