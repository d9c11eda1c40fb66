import type { Command } from 'commander'
import type { Config } from '../../config/define.ts'
import type { Say } from '../progress.ts'

interface Calling {
  readonly configuration: () => Promise<Config>
  readonly end: (code: number) => void
  readonly say: Say
}

/** `trueworth deliveries` and `mail`. */
export function addDeliveryCommands(program: Command, { configuration, end, say }: Calling): void {
  program
    .command('deliveries')
    .description('mail, webhooks and files that were not taken; --again sends the dead ones anew')
    .option('--json', 'print JSON instead of text')
    .option('--again', 'let the dead ones wait again')
    .action(async (flags: { json?: boolean; again?: boolean }) => {
      const { deliveriesCommand } = await import('./deliveries.ts')
      end(await deliveriesCommand(await configuration(), flags))
    })

  program
    .command('mail')
    .description('the mail server')
    .command('test')
    .description(
      'send a mail now, and say what the server answered, or what is wrong; exit code 2 where it was not taken',
    )
    .argument('<address>', 'where to')
    .option('--json', 'print JSON instead of text')
    .action(async (address: string, flags: { json?: boolean }) => {
      const { mailTestCommand } = await import('./mail.ts')
      end(await mailTestCommand(await configuration(), address, { flags, say }))
    })
}
