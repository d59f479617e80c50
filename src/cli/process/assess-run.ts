import { type Around, assessCommand } from '../commands/assess.ts'
import { outcome } from './exit-status.ts'

/** `postern assess` and its exit status, whatever happens. */
export function assessRun(args: readonly string[], around: Around): Promise<number> {
  return outcome(() => assessCommand(args, around))
}
