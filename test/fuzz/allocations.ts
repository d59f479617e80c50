// What a file makes a parser allocate is bounded by the file: a length field is not believed.

const makers = ['alloc', 'allocUnsafe', 'allocUnsafeSlow'] as const
const arrays = [
  'ArrayBuffer',
  'Uint8Array',
  'Uint16Array',
  'Uint32Array',
  'Int32Array',
  'Float64Array',
  'BigUint64Array',
] as const

/** The most bytes that one buffer may have at the moment. */
let most = Infinity
let watching = false

/** Runs something; a single buffer larger than so many bytes, made by it, is an error. */
export async function withAllocationsBelow<T>(bytes: number, run: () => Promise<T>): Promise<T> {
  watch()
  most = bytes
  try {
    return await run()
  } finally {
    most = Infinity
  }
}

/** Looks at every allocation from now on: a process that fuzzes keeps doing so, at no cost that counts. */
function watch(): void {
  if (watching) return
  watching = true
  for (const maker of makers) {
    const make = Buffer[maker].bind(Buffer) as (size: number, ...more: unknown[]) => Buffer
    Object.assign(Buffer, {
      [maker]: (size: number, ...more: unknown[]) => {
        check(size)
        return make(size, ...more)
      },
    })
  }
  for (const name of arrays) {
    const original = globalThis[name] as { readonly BYTES_PER_ELEMENT?: number }
    const unit = original.BYTES_PER_ELEMENT ?? 1
    const checked = new Proxy(original, {
      construct(target, args, as) {
        if (typeof args[0] === 'number') check(args[0] * unit)
        return Reflect.construct(target as never, args, as) as object
      },
    })
    Object.assign(globalThis, { [name]: checked })
  }
}

function check(size: number): void {
  if (size > most) throw new Error(`an allocation of ${size} bytes where ${most} are enough`)
}
