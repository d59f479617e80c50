import { type RunContext, assessCommand } from '../commands/assess.ts'
import { outcome } from './exit-status.ts'

/** `postern assess` and its exit status, whatever happens. */
export function assessRun(args: readonly string[], around: RunContext): Promise<number> {
  return outcome(() => assessCommand(args, around))
}
