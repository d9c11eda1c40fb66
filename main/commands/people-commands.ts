import { InvalidArgumentError, Option, type Command } from 'commander'
import type { Config } from '../../config/define.ts'
import type { Say } from '../progress.ts'
import type { AuditFlags, UserFlags } from './people.ts'

interface Calling {
  readonly configuration: () => Promise<Config>
  readonly end: (code: number) => void
  readonly say: Say
}

/** `trueworth user`, `token` and `audit`. */
export function addPeopleCommands(program: Command, { configuration, end, say }: Calling): void {
  const json = new Option('--json', 'print JSON instead of text')
  const several = (text: string, before: readonly string[] = []): string[] => [...before, text]
  const roles = (text: string, before: readonly string[] = []): string[] => [...before, ...text.split(',')]
  const whole = (text: string): number => {
    if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Write a whole number.')
    return Number(text)
  }
  const load = () => import('./people.ts')

  const user = program
    .command('user')
    .description('who may sign in; a password is prompted for, or read from standard input')
  const granted = (command: Command): Command =>
    command
      .option('--role <roles>', 'its roles, between commas', roles)
      .option('--attribute <dimension=value>', 'for rules that go by who asks, may stand several times', several)
  granted(user.command('add').description('let somebody sign in').argument('<email>'))
    .requiredOption('--name <name>', 'as pages show it')
    .option('--no-password', 'signs in by another system only')
    .action(async (email: string, flags: UserFlags & { name: string; password: boolean }) => {
      end(await (await load()).addUser(await configuration(), email, { flags, say }))
    })
  user
    .command('list')
    .description('users with roles, attributes and state')
    .addOption(json)
    .action(async (flags: { json?: boolean }) => end(await (await load()).listUsers(await configuration(), flags)))
  granted(user.command('change').description('set roles or attributes, lock or unlock').argument('<email>'))
    .option('--lock', 'signs it out everywhere')
    .option('--unlock', 'lets it sign in again')
    .action(async (email: string, flags: UserFlags) => {
      end(await (await load()).changeUser(await configuration(), email, { flags, say }))
    })
  user
    .command('password')
    .description('set a new password; signs it out everywhere')
    .argument('<email>')
    .action(async (email: string) => end(await (await load()).setPassword(await configuration(), email, say)))
  user
    .command('remove')
    .description('with its sessions and tokens, for good')
    .argument('<email>')
    .action(async (email: string) => end(await (await load()).removeUser(await configuration(), email, say)))

  const token = program.command('token').description('what programs sign in with')
  token
    .command('make')
    .description('prints a new token, once')
    .argument('<email>', 'the user it stands for')
    .requiredOption('--name <name>', 'by which it is known')
    .option('--days <days>', 'how long it is valid', whole, 90)
    .action(async (email: string, flags: { name: string; days: number }) =>
      end(await (await load()).makeToken(await configuration(), email, flags)),
    )
  token
    .command('list')
    .description('the tokens of a user')
    .argument('<email>')
    .addOption(json)
    .action(async (email: string, flags: { json?: boolean }) =>
      end(await (await load()).listTokens(await configuration(), email, flags)),
    )
  token
    .command('revoke')
    .description('it is valid no more')
    .argument('<email>')
    .argument('<id>', 'as `token list` shows it')
    .action(async (email: string, id: string) =>
      end(await (await load()).revokeToken(await configuration(), email, { id, say })),
    )

  program
    .command('audit')
    .description('who saw and who changed what, newest first')
    .option('--user <email>', 'only this user')
    .option('--limit <entries>', 'most entries', whole, 50)
    .addOption(json)
    .action(async (flags: AuditFlags) => end(await (await load()).auditCommand(await configuration(), flags)))
}
