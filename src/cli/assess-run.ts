import { type Around, assessCommand } from './assess-command.ts'
import { outcome } from './outcome.ts'

/** `postern assess` and its exit status, whatever happens. */
export function assessRun(args: readonly string[], around: Around): Promise<number> {
  return outcome(() => assessCommand(args, around))
}
