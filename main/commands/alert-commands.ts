import { InvalidArgumentError, Option, type Command } from 'commander'
import type { Config } from '../../config/define.ts'
import type { AlertLogFlags } from './alerts.ts'

interface Calling {
  readonly configuration: () => Promise<Config>
  readonly end: (code: number) => void
}

/** `trueworth alerts` and `trueworth alerts log`. */
export function addAlertCommands(program: Command, { configuration, end }: Calling): void {
  const json = new Option('--json', 'print JSON instead of text')
  const whole = (text: string): number => {
    if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('Write a whole number from 1 on.')
    return Number(text)
  }
  const load = () => import('./alerts.ts')
  const alerts = program.command('alerts').description('what is watched, and how it stands')
  alerts
    .command('list', { isDefault: true })
    .description('every alert with what of it fires')
    .addOption(json)
    .action(async (flags: { json?: boolean }) => end(await (await load()).listAlerts(await configuration(), flags)))
  alerts
    .command('log')
    .description('every look at an alert, newest first: whether it fired, and why')
    .argument('<name>', 'as `alerts` shows it')
    .option('--group <group>', 'only this group')
    .option('--limit <entries>', 'most entries', whole, 50)
    .addOption(json)
    .action(async (name: string, flags: AlertLogFlags) =>
      end(await (await load()).logOfAlert(await configuration(), name, flags)),
    )
}
