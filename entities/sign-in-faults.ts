import type { Words } from './entity.ts'

/** Why somebody may not sign in, or a user cannot be as wished. */
export const signInFaults = {
  not_signed_in: {
    en: 'Nobody is signed in. Sign in at /sign-in, or send a token: Authorization: Bearer …',
    zh: '尚未登录。请在 /sign-in 登录，或发送令牌：Authorization: Bearer …',
  },
  users_not_allowed: { en: 'Only an administrator may see and change users.', zh: '只有管理员才能查看和更改用户。' },
  user_unknown: { en: "There is no user '{user}'.", zh: '没有用户“{user}”。' },
  user_exists: { en: "'{email}' is a user already.", zh: '“{email}”已经是用户。' },
  user_self: {
    en: 'Nobody takes the administration from oneself, locks or removes oneself; another administrator can.',
    zh: '不能取消自己的管理员角色，也不能锁定或删除自己；请由另一位管理员操作。',
  },
  email_invalid: { en: "'{email}' is no e-mail address.", zh: '“{email}”不是电子邮箱地址。' },
  name_missing: {
    en: 'The name is empty, longer than 100 characters, or has characters that cannot be seen.',
    zh: '名称为空、超过 100 个字符，或含有不可见字符。',
  },
  roles_missing: { en: 'A user needs at least one role of: {valid}.', zh: '用户至少需要一个角色：{valid}。' },
  role_unknown: {
    en: "There is no role '{role}'. Valid: {valid}.",
    zh: '没有角色“{role}”。可用：{valid}。',
  },
  attribute_unreadable: {
    en: "'{text}' is not a dimension and its value, as region = East. Dimensions: {valid}.",
    zh: '“{text}”不是维度及其值，应写成 region = 华东。可用的维度：{valid}。',
  },
  password_length: {
    en: 'A password has {least} to {most} characters.',
    zh: '密码须为 {least} 至 {most} 个字符。',
  },
  password_wrong: { en: 'The present password is not right.', zh: '当前密码不正确。' },
  too_many_tries: { en: 'Too many tries. Wait {seconds} seconds.', zh: '尝试次数过多，请等待 {seconds} 秒。' },
  token_name: {
    en: 'A token needs a name of 1 to 32 characters that can be seen.',
    zh: '令牌需要 1 至 32 个可见字符的名称。',
  },
  token_days: {
    en: 'A token is valid for 1 to {most} days.',
    zh: '令牌的有效期为 1 至 {most} 天。',
  },
  token_unknown: { en: "There is no token '{token}' of this user.", zh: '此用户没有令牌“{token}”。' },
} as const satisfies Readonly<Record<string, Words>>
