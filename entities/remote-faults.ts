import type { Words } from './entity.ts'

/** Why files of a bucket or of another machine cannot be had, and what to do. `{place}` is `s3://…` or `sftp://…`. */
export const remoteFaults = {
  remote_lost: {
    en: '{source}: {place} cannot be reached, or the connection broke off: {message}. Check the address and that it can be reached from here; it is tried again.',
    zh: '{source}：无法连接 {place}，或连接中断（{message}）。请检查地址并确认可以从这里访问；稍后自动重试。',
  },
  remote_timeout: {
    en: '{source}: {place} gave nothing for {seconds} seconds. It is tried again; `timeoutSeconds` of the remote waits longer.',
    zh: '{source}：{place} 在 {seconds} 秒内没有任何应答。稍后自动重试；可调大 remote 的 `timeoutSeconds`。',
  },
  remote_cut: {
    en: '{source}: {file} of {place} came only in part, {got} of {size} bytes. Nothing of it was used; it is tried again.',
    zh: '{source}：{place} 的 {file} 只传来一部分（{size} 字节中的 {got} 字节）。没有使用其中任何内容；稍后自动重试。',
  },
  remote_changed: {
    en: '{source}: {file} of {place} was changed or taken away while it was fetched. Nothing of it was used; it is tried again.',
    zh: '{source}：{place} 的 {file} 在传输过程中被改动或移走。没有使用其中任何内容；稍后自动重试。',
  },
  remote_name: {
    en: "{source}: {place} has a file named '{file}', which is no name below a folder; nothing was fetched. Rename it there, or have a folder without it read.",
    zh: '{source}：{place} 中有文件名“{file}”，不能放在文件夹之下；没有传输任何文件。请在那里改名，或改读不含它的文件夹。',
  },
  remote_not_kept: {
    en: '{source}: {file} cannot be kept in {folder}: {message}. Check the space on the disk and who may write there.',
    zh: '{source}：无法把 {file} 保存到 {folder}（{message}）。请检查磁盘空间和写入权限。',
  },
  s3_listing: {
    en: '{source}: {place} gave no list of files: {message}. Check `endpoint` of the remote.',
    zh: '{source}：{place} 没有给出文件列表（{message}）。请检查 remote 的 `endpoint`。',
  },
  s3_credentials: {
    en: '{source}: {place} does not accept the key: {message}. Check `accessKeyId` and `secretAccessKey` of the remote.',
    zh: '{source}：{place} 不接受密钥（{message}）。请检查 remote 的 `accessKeyId` 和 `secretAccessKey`。',
  },
  s3_clock: {
    en: '{source}: {place}: {message}. Set the clock of this machine.',
    zh: '{source}：{place} 认为本机时间不对（{message}）。请校准本机时钟。',
  },
  s3_region: {
    en: '{source}: {place} is at another address: {message}. Check `region`, `endpoint` and `pathStyle` of the remote.',
    zh: '{source}：{place} 位于另一个地址（{message}）。请检查 remote 的 `region`、`endpoint` 和 `pathStyle`。',
  },
  s3_bucket: {
    en: "{source}: there is no bucket '{bucket}' at {address}: {message}. Check `bucket`, `endpoint` and `pathStyle` of the remote.",
    zh: '{source}：{address} 没有存储桶“{bucket}”（{message}）。请检查 remote 的 `bucket`、`endpoint` 和 `pathStyle`。',
  },
  s3_denied: {
    en: '{source}: {place}: {message}. Allow the key to list the bucket (s3:ListBucket) and to read its files (s3:GetObject).',
    zh: '{source}：{place} 拒绝访问（{message}）。请允许该密钥列出存储桶（s3:ListBucket）并读取文件（s3:GetObject）。',
  },
  s3_failed: {
    en: '{source}: {place} answered {status}[: {message}].',
    zh: '{source}：{place} 返回 {status}[：{message}]。',
  },
  sftp_credentials: {
    en: "{source}: {place} does not let '{user}' in: {message}. Check `user` and `password` or `privateKey` of the remote.",
    zh: '{source}：{place} 不允许“{user}”登录（{message}）。请检查 remote 的 `user` 以及 `password` 或 `privateKey`。',
  },
  sftp_key: {
    en: '{source}: `privateKey` of the remote cannot be used: {message}. It is the text of a private key in the format of OpenSSH or PEM; one with a passphrase needs `passphrase`.',
    zh: '{source}：无法使用 remote 的 `privateKey`（{message}）。它应为 OpenSSH 或 PEM 格式的私钥文本；有口令的私钥需要 `passphrase`。',
  },
  sftp_host_key: {
    en: '{source}: {place} has the host key {found} ({type}), not the one in `hostKey`. Nothing was told to it: somebody may stand between. Ask whoever runs the server for its fingerprint, and set `hostKey` to it.',
    zh: '{source}：{place} 的主机密钥是 {found}（{type}），与 `hostKey` 不同。没有向它发送任何内容：可能有人在中间截取。请向服务器管理者核实指纹，再设置 `hostKey`。',
  },
  sftp_folder: {
    en: '{source}: {place} is not there: {message}. Check `path` of the remote.',
    zh: '{source}：{place} 不存在（{message}）。请检查 remote 的 `path`。',
  },
  sftp_denied: {
    en: "{source}: {place}: {message}. Let '{user}' read the folder and its files.",
    zh: '{source}：{place} 拒绝访问（{message}）。请允许“{user}”读取该文件夹及其中的文件。',
  },
  sftp_failed: {
    en: '{source}: {place}: {message}.',
    zh: '{source}：{place} 报告错误（{message}）。',
  },
} as const satisfies Readonly<Record<string, Words>>
