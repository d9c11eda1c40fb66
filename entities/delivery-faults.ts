import type { Words } from './entity.ts'

/** Why a message was not taken, and what to do. `{message}` is what another system said, in its own words. */
export const deliveryFaults = {
  delivery_mail_missing: {
    en: 'there is no mail server to send by. Set `mail` in trueworth.config.ts and start again; it waits.',
    zh: '没有可用的邮件服务器。请在 trueworth.config.ts 中设置 `mail` 后重新启动；邮件会一直等待。',
  },
  delivery_mail_unreachable: {
    en: 'the mail server {host} does not answer: {message}. Check `host` and `port` of `mail.smtp` and that the server can be reached; it is tried again.',
    zh: '邮件服务器 {host} 没有应答（{message}）。请检查 `mail.smtp` 的 `host` 和 `port`，并确认可以访问该服务器；稍后自动重试。',
  },
  delivery_mail_tls: {
    en: 'the connection to the mail server {host} cannot be encrypted: {message}. Check its certificate and `secure` of `mail.smtp`; it is tried again.',
    zh: '与邮件服务器 {host} 的连接无法加密（{message}）。请检查服务器证书和 `mail.smtp` 的 `secure`；稍后自动重试。',
  },
  delivery_mail_auth: {
    en: 'the mail server {host} refuses the user {user}: {message}. Check `user` and `password` of `mail.smtp`; it is tried again.',
    zh: '邮件服务器 {host} 拒绝用户 {user} 登录（{message}）。请检查 `mail.smtp` 的 `user` 和 `password`；稍后自动重试。',
  },
  delivery_mail_sender: {
    en: 'the mail server {host} takes no mail from {from}: {message}. Set `mail.from` to an address that it lets this user send as; it is tried again.',
    zh: '邮件服务器 {host} 不接受以 {from} 发信（{message}）。请把 `mail.from` 设为允许该用户使用的发件地址；稍后自动重试。',
  },
  delivery_mail_address: {
    en: 'the mail server refuses the address {to}: {message}. Correct the address, or take it out of the recipients; it is not tried again.',
    zh: '邮件服务器拒绝地址 {to}（{message}）。请更正该地址或将其移出收件人；不再自动重试。',
  },
  delivery_mail_address_invalid: {
    en: "'{to}' is no mail address. Correct it, or take it out of the recipients; it is not tried again.",
    zh: '“{to}”不是邮件地址。请更正或将其移出收件人；不再自动重试。',
  },
  delivery_mail_later: {
    en: 'the mail server {host} takes no mail at present: {message}. It is tried again.',
    zh: '邮件服务器 {host} 暂时不收信（{message}）。稍后自动重试。',
  },
  delivery_mail_cut: {
    en: 'the connection to the mail server {host} broke off while the mail was sent: {message}. Whether it was taken is not known; it is sent again under the same Message-ID.',
    zh: '发送途中与邮件服务器 {host} 的连接中断（{message}）。无法得知对方是否已收下；将以相同的 Message-ID 重发。',
  },
  delivery_mail_size: {
    en: 'the mail is too big for the mail server {host}: {message}. Send fewer or smaller attachments, or have its limit raised; it is not tried again.',
    zh: '邮件超过服务器 {host} 的大小限制（{message}）。请减少或缩小附件，或提高服务器限制；不再自动重试。',
  },
  delivery_mail_refused: {
    en: 'the mail server {host} refuses the mail: {message}. Ask who runs it; it is not tried again.',
    zh: '邮件服务器 {host} 拒收这封邮件（{message}）。请询问该服务器的管理员；不再自动重试。',
  },
  delivery_webhook_missing: {
    en: "there is no webhook '{name}' in trueworth.config.ts. Set it and start again; it is tried again.",
    zh: 'trueworth.config.ts 中没有名为“{name}”的 webhook。请设置后重新启动；稍后自动重试。',
  },
  delivery_webhook_answered: { en: 'answered {status}', zh: '对方返回 {status}' },
  delivery_webhook_gone: {
    en: 'answered 410: it is gone for good. Correct its address, or take it out of the recipients; it is not tried again.',
    zh: '对方返回 410，表示已永久停用。请更正地址或将其移出收件人；不再自动重试。',
  },
  delivery_webhook_silent: {
    en: 'does not answer: {message}. Check its address and that it can be reached; it is tried again.',
    zh: '没有应答（{message}）。请检查地址并确认可以访问；稍后自动重试。',
  },
  delivery_folder_missing: {
    en: 'the folder {path} is not there. Make or mount it; it is tried again.',
    zh: '文件夹 {path} 不存在。请新建或挂载；稍后自动重试。',
  },
  delivery_folder_unwritable: {
    en: 'the folder {path} cannot be written: {message}. Check its permissions and free space; it is tried again.',
    zh: '无法写入文件夹 {path}（{message}）。请检查权限和剩余空间；稍后自动重试。',
  },
  delivery_file_missing: {
    en: 'the file {file} that belongs to it is gone. Restore it from a backup and send again; it is not tried again.',
    zh: '所附的文件 {file} 已不存在。请从备份恢复后再发送；不再自动重试。',
  },
  delivery_file_outside: {
    en: "'{file}' does not lie in the folder of the warehouse; name a path that is relative to it",
    zh: '“{file}”不在数据仓库的文件夹内；请使用相对于该文件夹的路径',
  },
  delivery_name_unfit: {
    en: "'{name}' is no name for a file; leave out / and \\, and do not begin with a dot",
    zh: '“{name}”不能用作文件名；请不要使用 / 和 \\，也不要以点开头',
  },
  delivery_folder_relative: {
    en: "'{path}' is no whole path; begin at the root of the disk",
    zh: '“{path}”不是完整路径；请从磁盘根目录写起',
  },
  delivery_interrupted: {
    en: 'the process ended each time while it was sent. Whether it was taken is not known; it is not tried again.',
    zh: '每次发送途中进程都已结束，无法得知对方是否已收下；不再自动重试。',
  },
  delivery_unexpected: {
    en: 'it could not be sent: {message}. It is tried again.',
    zh: '无法发送，程序报告：{message}。稍后自动重试。',
  },
} as const satisfies Readonly<Record<string, Words>>
