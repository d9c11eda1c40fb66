import { defineEntity } from './entity.ts'

export const requests = defineEntity({
  words: { en: 'Requests', zh: '服务请求' },
  about: 'What a customer asked of the service department.',
  key: ['request_id'],
  happened: 'opened_at',
  columns: {
    request_id: { type: 'id', required: true, words: { en: 'Request', zh: '请求编号' } },
    customer_id: { type: 'id', required: true, references: 'customers', words: { en: 'Customer', zh: '客户编号' } },
    asset_id: { type: 'id', references: 'assets', words: { en: 'Asset', zh: '资产编号' } },
    contract_id: { type: 'id', references: 'contracts', words: { en: 'Contract', zh: '合约编号' } },
    channel: {
      type: 'text',
      values: ['phone', 'email', 'web', 'chat', 'walk_in', 'on_site'],
      words: { en: 'Channel', zh: '渠道' },
    },
    kind: {
      type: 'text',
      values: ['fault', 'inquiry', 'complaint', 'return', 'installation', 'maintenance'],
      words: { en: 'Kind', zh: '请求类型' },
    },
    topic: { type: 'text', words: { en: 'Topic', zh: '主题' } },
    priority: { type: 'text', words: { en: 'Priority', zh: '优先级' } },
    first_fault: { type: 'text', words: { en: 'First fault', zh: '初判故障' } },
    final_fault: { knownSince: ['resolved_at'], type: 'text', words: { en: 'Final fault', zh: '最终故障' } },
    opened_at: { type: 'instant', required: true, words: { en: 'Opened at', zh: '受理时间' } },
    first_response_at: {
      knownSince: ['first_response_at'],
      type: 'instant',
      words: { en: 'First response at', zh: '首次响应时间' },
    },
    resolved_at: { knownSince: ['resolved_at'], type: 'instant', words: { en: 'Resolved at', zh: '解决时间' } },
    closed_at: { knownSince: ['closed_at'], type: 'instant', words: { en: 'Closed at', zh: '关闭时间' } },
    status: { knownSince: ['resolved_at', 'closed_at'], type: 'text', words: { en: 'Status', zh: '状态' } },
    owner_id: { type: 'id', references: 'employees', words: { en: 'Owner', zh: '负责人' } },
    department: {
      type: 'text',
      words: { en: 'Department', zh: '部门' },
      about: 'Department or group that holds it now.',
    },
    opened_by_id: { type: 'id', references: 'employees', words: { en: 'Opened by', zh: '受理人' } },
    solved_by_article_id: {
      knownSince: ['resolved_at'],
      type: 'id',
      references: 'articles',
      words: { en: 'Solved by article', zh: '解决所用知识' },
    },
    chargeable: { type: 'boolean', words: { en: 'Chargeable', zh: '是否收费' } },
    summary: { type: 'text', words: { en: 'Summary', zh: '描述' } },
  },
})

export const request_events = defineEntity({
  words: { en: 'Request events', zh: '请求事件' },
  about: 'What happened to a request, step by step.',
  key: ['request_id', 'at', 'kind'],
  happened: 'at',
  columns: {
    request_id: { type: 'id', required: true, references: 'requests', words: { en: 'Request', zh: '请求编号' } },
    at: { type: 'instant', required: true, words: { en: 'At', zh: '时间' } },
    kind: {
      type: 'text',
      required: true,
      values: [
        'assigned',
        'transferred',
        'responded',
        'customer_informed',
        'approval_asked',
        'approval_given',
        'on_hold',
        'resumed',
        'reopened',
        'resolved',
        'closed',
      ],
      words: { en: 'Kind', zh: '事件类型' },
    },
    from_employee_id: { type: 'id', references: 'employees', words: { en: 'From employee', zh: '原处理人' } },
    to_employee_id: { type: 'id', references: 'employees', words: { en: 'To employee', zh: '新处理人' } },
    from_department: { type: 'text', words: { en: 'From department', zh: '原部门' } },
    to_department: { type: 'text', words: { en: 'To department', zh: '新部门' } },
    status: { type: 'text', words: { en: 'Status', zh: '状态' } },
  },
})

export const tasks = defineEntity({
  words: { en: 'Tasks', zh: '任务/日程' },
  about: 'Work planned and done by one employee: visits, repairs, calls, deliveries.',
  key: ['task_id'],
  happened: 'actual_start',
  columns: {
    task_id: { type: 'id', required: true, words: { en: 'Task', zh: '任务编号' } },
    request_id: { type: 'id', references: 'requests', words: { en: 'Request', zh: '服务请求' } },
    customer_id: { type: 'id', references: 'customers', words: { en: 'Customer', zh: '客户编号' } },
    employee_id: { type: 'id', required: true, references: 'employees', words: { en: 'Employee', zh: '员工编号' } },
    kind: {
      type: 'text',
      words: { en: 'Kind', zh: '任务类型' },
      about: 'visit, repair, remote, call, delivery, or another.',
    },
    subject: { type: 'text', words: { en: 'Subject', zh: '主题' } },
    priority: { type: 'text', words: { en: 'Priority', zh: '优先级' } },
    required_start: { type: 'instant', words: { en: 'Required start', zh: '要求开始时间' } },
    required_end: { type: 'instant', words: { en: 'Required end', zh: '要求结束时间' } },
    planned_start: { type: 'instant', words: { en: 'Planned start', zh: '计划开始时间' } },
    planned_minutes: { type: 'number', words: { en: 'Planned minutes', zh: '计划分钟数' } },
    confirmed_at: { knownSince: ['confirmed_at'], type: 'instant', words: { en: 'Confirmed at', zh: '确认时间' } },
    actual_start: { knownSince: ['actual_start'], type: 'instant', words: { en: 'Actual start', zh: '实际开始时间' } },
    actual_end: { knownSince: ['actual_end'], type: 'instant', words: { en: 'Actual end', zh: '实际结束时间' } },
    actual_minutes: {
      knownSince: ['actual_end', 'feedback_at'],
      type: 'number',
      words: { en: 'Actual minutes', zh: '实际分钟数' },
    },
    travel_minutes: {
      knownSince: ['actual_end', 'feedback_at'],
      type: 'number',
      words: { en: 'Travel minutes', zh: '路途分钟数' },
    },
    assigned_at: { knownSince: ['assigned_at'], type: 'instant', words: { en: 'Assigned at', zh: '派工时间' } },
    feedback_at: { knownSince: ['feedback_at'], type: 'instant', words: { en: 'Feedback at', zh: '反馈时间' } },
  },
})

export const articles = defineEntity({
  words: { en: 'Knowledge articles', zh: '知识库' },
  about: 'Written solutions.',
  key: ['article_id'],
  columns: {
    article_id: { type: 'id', required: true, words: { en: 'Article', zh: '知识编号' } },
    title: { type: 'text', words: { en: 'Title', zh: '标题' } },
    topic: { type: 'text', words: { en: 'Topic', zh: '主题' } },
    author_id: { type: 'id', references: 'employees', words: { en: 'Author', zh: '作者' } },
    created_at: { type: 'instant', words: { en: 'Created at', zh: '创建时间' } },
    updated_at: { type: 'instant', words: { en: 'Updated at', zh: '更新时间' } },
  },
})

export const article_uses = defineEntity({
  words: { en: 'Knowledge searches', zh: '知识检索' },
  about: 'A search of the knowledge base; without an article nothing was found.',
  key: ['use_id'],
  happened: 'at',
  columns: {
    use_id: { type: 'id', required: true, words: { en: 'Use', zh: '检索编号' } },
    article_id: { type: 'id', references: 'articles', words: { en: 'Article', zh: '知识编号' } },
    request_id: { type: 'id', references: 'requests', words: { en: 'Request', zh: '服务请求' } },
    employee_id: { type: 'id', references: 'employees', words: { en: 'Employee', zh: '员工编号' } },
    at: { type: 'instant', required: true, words: { en: 'At', zh: '时间' } },
    solved: { type: 'boolean', words: { en: 'Solved', zh: '是否解决' } },
  },
})

export const surveys = defineEntity({
  words: { en: 'Surveys', zh: '满意度' },
  about: 'What a customer was asked about the service, and what came back.',
  key: ['survey_id'],
  happened: 'sent_at',
  columns: {
    survey_id: { type: 'id', required: true, words: { en: 'Survey', zh: '调查编号' } },
    request_id: { type: 'id', references: 'requests', words: { en: 'Request', zh: '服务请求' } },
    customer_id: { type: 'id', required: true, references: 'customers', words: { en: 'Customer', zh: '客户编号' } },
    contact: { type: 'text', words: { en: 'Contact', zh: '联系人' } },
    channel: {
      type: 'text',
      values: ['email', 'fax', 'letter', 'phone', 'visit', 'walk_in'],
      words: { en: 'Channel', zh: '渠道' },
    },
    moment: { type: 'text', values: ['instant', 'periodic'], words: { en: 'Moment', zh: '调查时机' } },
    sent_at: { type: 'instant', required: true, words: { en: 'Sent at', zh: '发送时间' } },
    answered_at: { knownSince: ['answered_at'], type: 'instant', words: { en: 'Answered at', zh: '回复时间' } },
    score: { knownSince: ['answered_at'], type: 'integer', words: { en: 'Score', zh: '评分' }, about: '1 to 5.' },
    comment: { knownSince: ['answered_at'], type: 'text', words: { en: 'Comment', zh: '意见' } },
  },
})

export const interactions = defineEntity({
  words: { en: 'Calls', zh: '呼叫' },
  about: 'Calls and chats that reached the contact centre, or tried to.',
  key: ['interaction_id'],
  happened: 'started_at',
  columns: {
    interaction_id: { type: 'id', required: true, words: { en: 'Interaction', zh: '呼叫编号' } },
    customer_id: {
      type: 'id',
      references: 'customers',
      words: { en: 'Customer', zh: '客户编号' },
      about: 'Empty: unknown caller.',
    },
    request_id: { type: 'id', references: 'requests', words: { en: 'Request', zh: '服务请求' } },
    employee_id: { type: 'id', references: 'employees', words: { en: 'Employee', zh: '员工编号' } },
    caller_kind: {
      type: 'text',
      values: ['customer', 'dealer', 'colleague', 'prospect'],
      words: { en: 'Caller kind', zh: '来电者类型' },
    },
    channel: { type: 'text', words: { en: 'Channel', zh: '渠道' } },
    direction: { type: 'text', values: ['inbound', 'outbound'], words: { en: 'Direction', zh: '呼叫方向' } },
    queue: { type: 'text', words: { en: 'Queue', zh: '队列' } },
    started_at: { type: 'instant', required: true, words: { en: 'Started at', zh: '开始时间' } },
    answered_at: { knownSince: ['answered_at'], type: 'instant', words: { en: 'Answered at', zh: '接通时间' } },
    ended_at: { knownSince: ['ended_at'], type: 'instant', words: { en: 'Ended at', zh: '结束时间' } },
    transferred_to_id: {
      knownSince: ['ended_at'],
      type: 'id',
      references: 'employees',
      words: { en: 'Transferred to', zh: '转接至' },
    },
    outcome: {
      knownSince: ['ended_at'],
      type: 'text',
      words: { en: 'Outcome', zh: '结果' },
      about: 'answered, abandoned, blocked, or another.',
    },
  },
})
