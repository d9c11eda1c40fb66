-- The CRM database as its users know it: local time as text, lists by number or by the Chinese word.
CREATE SCHEMA crm;
CREATE MACRO stamp(moment) AS strftime(moment, '%Y-%m-%d %H:%M:%S');
CREATE MACRO day_text(day) AS strftime(CAST(day AS DATE), '%Y-%m-%d');
CREATE MACRO last_change(moment) AS stamp(least(moment, TIMESTAMP '2026-06-30 22:00:00'));
CREATE MACRO department_word(department) AS
    CASE department WHEN 'service' THEN '客服部' WHEN 'sales' THEN '销售部' WHEN 'marketing' THEN '市场部' WHEN 'finance' THEN '财务部' ELSE '信息部' END;

CREATE VIEW crm.sys_user AS
SELECT
    employee_id AS user_no, name AS real_name, department_word(department) AS dept,
    CASE role
        WHEN 'department_head' THEN '部门经理' WHEN 'service_manager' THEN '客服主管' WHEN 'field_engineer' THEN '现场工程师'
            WHEN 'workshop_engineer' THEN '车间工程师'
        WHEN 'hotline_engineer' THEN '热线工程师' WHEN 'parts_clerk' THEN '配件专员' WHEN 'administrator' THEN '行政' WHEN 'sales' THEN '销售'
            WHEN 'sales_support' THEN '销售助理'
        WHEN 'marketing' THEN '市场专员' ELSE '会计'
    END AS post,
    day_text(hired_on) AS entry_date, day_text(left_on) AS leave_date,
    stamp(COALESCE(CAST(left_on AS TIMESTAMP), CAST(hired_on AS TIMESTAMP))) AS updated_at
FROM employees ORDER BY user_no;

-- Who buys much is VIP or key in the CRM, whatever serving it costs.
CREATE TABLE classes AS
WITH bought AS (
    SELECT customer_no, sum(amount_cny) AS revenue
    FROM orders
    JOIN order_lines USING (order_no)
    WHERE status <> 'cancelled'
    GROUP BY customer_no
),
ranked AS (
    SELECT customers.customer_no, customers.part, class_draw, kind, registered_on,
        percent_rank() OVER (PARTITION BY kind ORDER BY COALESCE(revenue, 0)) AS place
    FROM customers
    LEFT JOIN bought USING (customer_no)
)
SELECT
    customer_no,
    CASE
        WHEN part = 'parasite' THEN CASE WHEN class_draw < 0.5 THEN 'VIP' ELSE 'key' END
        WHEN kind = 'direct' AND place > 0.955 THEN 'VIP' WHEN kind = 'direct' AND place > 0.83 THEN 'key'
            WHEN kind = 'indirect' AND class_draw < 0.04 THEN 'key'
        WHEN class_draw > 0.93 THEN NULL ELSE 'regular'
    END AS class,
    least(greatest(registered_on, DATE '2021-01-10') + CAST(draw_whole(5, 500, 'graded', customer_no) AS INTEGER), DATE '2026-06-25') AS graded_on
FROM ranked;

CREATE VIEW crm.account AS
SELECT
    customer_id AS acc_no, name AS acc_name, CASE kind WHEN 'direct' THEN 1 ELSE 3 END AS acc_type,
    CASE
        WHEN draw('parent', customer_no) < 0.03
            AND part = 'direct' THEN pick((SELECT list(customer_id ORDER BY customer_no) FROM customers WHERE part = 'direct'
            AND size > 6), 'parent-of', customer_no) END AS parent_no,
    CASE WHEN part = 'dealer' THEN 'D' || padded(dealer_no, 3) END AS dealer_no,
    CASE class WHEN 'VIP' THEN 'VIP' WHEN 'key' THEN '大客户' WHEN 'regular' THEN '普通' END AS grade,
    CASE WHEN class IS NOT NULL THEN day_text(graded_on) END AS grade_date,
    region, industry AS trade, holder_of(sales_post, TIMESTAMP '2026-06-30') AS sales_rep,
    CASE WHEN draw('no-owner', customer_no) < 0.03 THEN NULL ELSE holder_of(service_post, TIMESTAMP '2026-06-30') END AS service_rep,
    day_text(registered_on - CAST(draw_whole(0, 200, 'contacted', customer_no) AS INTEGER)) AS first_contact,
    stamp(registered_at) AS reg_time,
    holder_of(sales_post, registered_at) AS create_user, stamp(registered_at) AS create_time,
    last_change(greatest(registered_at, CAST(graded_on AS TIMESTAMP)) + INTERVAL 3 HOUR) AS updated_at
FROM customers JOIN classes USING (customer_no)
WHERE kind <> 'indirect'
ORDER BY acc_no;

CREATE VIEW crm.installed_base AS
SELECT
    assets.asset_id AS eq_no, assets.customer_id AS acc_no,
    CASE WHEN draw('no-product', asset_no) < 0.008 THEN NULL ELSE assets.product_id END AS prod_code, NULL AS parent_eq,
    CASE WHEN draw('no-serial', asset_no) < 0.02 THEN NULL ELSE serial_no END AS sn,
    CASE WHEN retired_on IS NULL THEN 1 ELSE 9 END AS state,
    CASE WHEN warranty_months = 24 THEN '延长保修' ELSE '标准保修' END AS wty_type,
    CASE WHEN warranty_months = 24 THEN '整机' ELSE '主要部件' END AS wty_scope,
    CASE WHEN draw('no-install-date', asset_no) < 0.015 THEN NULL ELSE day_text(installed_on) END AS install_date,
    day_text(started_on) AS commission_date,
    CASE WHEN draw('no-warranty', asset_no) < 0.03 THEN NULL ELSE day_text(warranty_starts_on) END AS wty_from,
    CASE WHEN draw('no-warranty', asset_no) < 0.03 THEN NULL ELSE day_text(warranty_ends_on) END AS wty_to, day_text(retired_on) AS retire_date,
    orders.order_id AS erp_order, holder_of(assets.service_post, known_at) AS create_user, stamp(known_at) AS create_time,
    last_change(greatest(known_at, COALESCE(CAST(retired_on AS TIMESTAMP) + INTERVAL 20 HOUR, known_at))) AS updated_at
FROM assets LEFT JOIN orders ON orders.machine_key = assets.machine_key
WHERE assets.part <> 'indirect'
UNION ALL
SELECT
    part_id, customer_id, product_id, CASE WHEN draw('no-parent', part_no) < 0.03 THEN NULL ELSE machine_id END,
    product_id || '-' || strftime(installed_on, '%y%m') || '-' || padded(part_no % 10000, 4),
    CASE WHEN removed_at IS NULL THEN 1 ELSE 9 END, '备件保修', '更换件',
    day_text(installed_on), NULL, day_text(installed_on), day_text(warranty_ends_on), day_text(removed_at), NULL, recorded_by, stamp(ordered_at),
    last_change(greatest(ordered_at, COALESCE(removed_at, ordered_at)))
FROM part_assets
WHERE part <> 'indirect'
ORDER BY eq_no;

CREATE VIEW crm.svc_contract AS
SELECT
    contract_id AS con_no, customer_id AS acc_no, kind || CASE WHEN year(starts_on) > 2023 THEN '(续)' ELSE '' END AS con_name,
    kind AS con_type, CASE status WHEN 'active' THEN 2 ELSE 3 END AS state,
    day_text(starts_on) AS start_date, day_text(ends_on) AS end_date,
    CASE WHEN draw('no-promise', contract_no) < 0.03 THEN NULL ELSE tier END AS sla, response_hours AS sla_hours,
    CAST(billed AS DOUBLE) AS amount, currency AS curr, last_change(known_at) AS create_time,
    last_change(greatest(known_at, CASE WHEN status = 'expired' THEN CAST(ends_on + 1 AS TIMESTAMP) ELSE known_at END)) AS updated_at
FROM contracts JOIN contract_amounts USING (contract_no)
ORDER BY con_no;

CREATE VIEW crm.svc_contract_item AS
SELECT contract_id AS con_no, asset_id AS eq_no, stamp(CAST(starts_on AS TIMESTAMP)) AS updated_at
FROM contract_assets
ORDER BY con_no, eq_no;

CREATE VIEW crm.svc_request AS
SELECT
    request_id AS req_no, customer_id AS acc_no, CASE WHEN lacks_asset THEN NULL ELSE asset_id END AS eq_no, contract_id AS con_no,
    CASE channel WHEN 'phone' THEN '电话' WHEN 'web' THEN '网站' WHEN 'email' THEN '邮件' WHEN 'chat' THEN '微信' WHEN 'walk_in' THEN '来访'
        ELSE '现场' END AS channel,
    CASE kind WHEN 'fault' THEN 1 WHEN 'inquiry' THEN 2 WHEN 'complaint' THEN 3 WHEN 'return' THEN 4 WHEN 'installation' THEN 5
        ELSE 6 END AS req_type,
    CASE kind WHEN 'fault' THEN topic WHEN 'inquiry' THEN asked
        WHEN 'complaint' THEN complained
        WHEN 'return' THEN '退换件' WHEN 'installation' THEN '安装调试' ELSE '定期保养' END AS topic,
    CASE priority WHEN 'urgent' THEN '紧急' WHEN 'normal' THEN '一般' ELSE '低' END AS urgency,
    CASE WHEN kind = 'fault' THEN fault_code END AS fault_code,
    CASE WHEN kind = 'fault' AND solved_at IS NOT NULL THEN CASE WHEN draw('other-fault', request_no) < 0.82 THEN fault_code
        ELSE left(fault_code, 4) || '0' || CAST(1 + (topic_no + 3) % 8 AS VARCHAR) END END AS final_code,
    stamp(opened_at) AS call_time, stamp(responded_at) AS reply_time,
    CASE WHEN NOT lacks_resolved AND solved_at <= TIMESTAMP '2026-06-30 21:00:00' THEN stamp(solved_at) END AS solve_time,
    stamp(ended_at) AS close_time,
    CASE WHEN ended_at IS NOT NULL THEN 50 WHEN solved_at <= TIMESTAMP '2026-06-30 21:00:00' THEN 40 WHEN responded_at IS NOT NULL THEN 20
        ELSE 10 END AS state,
    owner_id AS owner, opened_by AS create_user, article_id AS kb_no, CASE WHEN is_chargeable THEN 1 ELSE 0 END AS is_paid,
    summary AS descr,
    stamp(greatest(keyed_at, opened_at)) AS create_time,
    last_change(greatest(keyed_at, COALESCE(ended_at, solved_at, responded_at, opened_at))) AS updated_at
FROM requests JOIN summaries USING (request_no) ORDER BY request_no;

CREATE VIEW crm.svc_request_log AS
SELECT event_no AS id, request_id AS req_no, stamp(happened_at) AS log_time,
    CASE kind WHEN 'assigned' THEN '派工' WHEN 'transferred' THEN '转交' WHEN 'responded' THEN '响应' WHEN 'customer_informed' THEN '告知客户'
        WHEN 'approval_asked' THEN '申请审批' WHEN 'approval_given' THEN '审批通过' WHEN 'on_hold' THEN '挂起' WHEN 'resumed' THEN '恢复'
        WHEN 'reopened' THEN '重新打开' WHEN 'resolved' THEN '解决' ELSE '关闭' END AS action,
    from_id AS from_user, to_id AS to_user, from_department AS from_dept, to_department AS to_dept, stamp(happened_at) AS updated_at
FROM request_events ORDER BY event_no;

CREATE VIEW crm.svc_task AS
SELECT
    task_id AS task_no, request_id AS req_no, customer_id AS acc_no, employee_id AS engineer,
    CASE kind WHEN 'visit' THEN '上门' WHEN 'repair' THEN '车间维修' WHEN 'remote' THEN '远程' ELSE '电话' END AS task_type,
    CASE request_kind WHEN 'fault' THEN '故障处理' WHEN 'maintenance' THEN '定期保养' WHEN 'installation' THEN '安装调试' WHEN 'inquiry' THEN '咨询答复'
        WHEN 'complaint' THEN '投诉处理' ELSE '退换件检测' END AS subject,
    CASE priority WHEN 'urgent' THEN '紧急' WHEN 'normal' THEN '一般' ELSE '低' END AS urgency,
    stamp(opened_at) AS need_from,
    stamp(opened_at + CASE priority WHEN 'urgent' THEN INTERVAL 1 DAY WHEN 'normal' THEN INTERVAL 4 DAY
        ELSE INTERVAL 15 DAY END) AS need_to,
    CASE WHEN draw('unplanned', task_key) < 0.03 THEN NULL ELSE stamp(departs) END AS plan_start,
    CAST(ceil((work_minutes + travel_minutes) * draw_between(0.75, 1.15, 'planned', task_key) / 30) * 30 AS BIGINT) AS plan_min,
    CASE
        WHEN kind = 'visit' AND is_begun
            AND draw('unconfirmed', task_key) > 0.12 THEN stamp(greatest(opened_at, departs - INTERVAL 18 HOUR)) END AS confirm_time,
    CASE WHEN is_begun THEN stamp(starts) END AS real_start, CASE WHEN is_done THEN stamp(ends) END AS real_end,
    CASE WHEN is_done AND draw('no-hours', task_key) > 0.02 THEN work_minutes END AS work_min,
    CASE WHEN is_done AND kind = 'visit' AND draw('no-hours', task_key) > 0.02 THEN travel_minutes END AS travel_min,
    stamp(assigned_at) AS assign_time,
    CASE WHEN feedback_wanted <= TIMESTAMP '2026-06-30 21:00:00' THEN stamp(feedback_wanted) END AS feedback_time,
    stamp(assigned_at) AS create_time, last_change(COALESCE(feedback_wanted, ends, opened_at)) AS updated_at
FROM task_records ORDER BY task_no;

CREATE VIEW crm.svc_repair AS
SELECT
    'MR' || padded(record_no, 7) AS rec_no, asset_id AS eq_no, request_id AS req_no,
    CASE kind WHEN 'maintain' THEN '保养' WHEN 'repair' THEN '修理' WHEN 'replace' THEN '更换' ELSE '升级' END AS rec_type,
    day_text(ends) AS done_date, employee_id AS engineer,
    CASE WHEN fixed_kind = 'worn_out' THEN '整机磨损，停用更换' WHEN kind = 'maintain' THEN '按规程完成' ELSE topic || '，' || pick(['更换损坏件后试机正常', '清洗调整后恢复正常', '重新整定参数，运行平稳', '紧固并补漏，观察一小时无异常', '更换备件，已向操作工说明注意事项', '已处理，建议下次停机时复查'], 'note', task_key) END AS note, 1 AS qty,
    CASE WHEN fixed_kind = 'worn_out' THEN '台' WHEN kind = 'replace' THEN '件' ELSE '次' END AS unit, stamp(known_at) AS create_time,
    stamp(known_at) AS updated_at
FROM maintenance_records WHERE NOT is_missing ORDER BY rec_no;

CREATE VIEW crm.kb_article AS
SELECT article_id AS kb_no, title, topic, holder_of(pick(getvariable('workshop_posts'), 'author', article_no), created_at) AS author,
    stamp(created_at) AS create_time, last_change(created_at + INTERVAL 90 DAY) AS updated_at
FROM articles
ORDER BY kb_no;
CREATE VIEW crm.kb_search AS
SELECT use_no AS id, article_id AS kb_no, request_id AS req_no, employee_id AS user_no, stamp(used_at) AS search_time,
    CASE WHEN solved THEN 1 ELSE 0 END AS hit
FROM article_uses
ORDER BY use_no;
CREATE VIEW crm.svc_survey AS
SELECT survey_no AS id, request_id AS req_no, customer_id AS acc_no, contact,
    CASE channel WHEN 'email' THEN '邮件' WHEN 'phone' THEN '电话' WHEN 'visit' THEN '上门' WHEN 'letter' THEN '信函' ELSE '传真' END AS way,
    CASE moment WHEN 'instant' THEN 1 ELSE 2 END AS moment,
    stamp(sent_at) AS send_time, stamp(answered_at) AS answer_time, CASE WHEN answered_at IS NOT NULL THEN score END AS score,
    CASE
        WHEN answered_at IS NULL OR draw('remarks', request_no) > 0.6 THEN NULL
        WHEN region_no = 7 THEN CASE WHEN score <= 2 THEN 'We waited far too long.' WHEN score = 5 THEN 'Quick and competent, thank you.' END
        WHEN score <= 2 THEN pick(['等待时间太长', '来了两次才修好', '配件迟迟不到，影响生产', '电话一直没人回', '收费事先没有讲清楚'], 'remark', request_no)
        WHEN score = 5 THEN pick(['工程师很专业', '处理及时，满意', '讲解耐心，谢谢', '比预计的快'], 'remark', request_no)
    END AS remark, last_change(COALESCE(answered_at, sent_at)) AS updated_at
FROM surveys ORDER BY survey_no;
CREATE VIEW crm.campaign AS
SELECT campaign_id AS mk_no, name AS mk_name, kind AS mk_type, day_text(starts_on) AS start_date, day_text(ends_on) AS end_date,
    CAST(budget AS DOUBLE) AS budget, target_count AS target_qty, stamp(CAST(starts_on AS TIMESTAMP)) AS updated_at
FROM campaigns
ORDER BY mk_no;
CREATE VIEW crm.campaign_reply AS
SELECT campaign_id AS mk_no, customer_id AS acc_no, stamp(responded_at) AS reply_time, kind AS reply_type, stamp(responded_at) AS updated_at
FROM campaign_responses
ORDER BY mk_no, acc_no;
CREATE VIEW crm.opportunity AS
SELECT
    opportunity_id AS opp_no, customer_id AS acc_no, name AS opp_name,
    CASE kind WHEN 'new' THEN '新购' WHEN 'upsell' THEN '追加' WHEN 'cross_sell' THEN '交叉' ELSE '续约' END AS opp_type,
    CASE lead_source WHEN 'service' THEN '客服' WHEN 'sales' THEN '销售自拓' WHEN 'marketing' THEN '市场活动' WHEN 'dealer' THEN '代理商'
        WHEN 'referral' THEN '老客户介绍' END AS source,
    CASE WHEN truth = 'marked' THEN source_request_id END AS src_req, CASE WHEN truth = 'marked' THEN source_owner_id END AS src_user,
    campaign_id AS mk_no,
    opportunities.product_id AS prod_code, CAST(amount AS DOUBLE) AS amount, 'CNY' AS curr,
    CASE stage WHEN 'lead' THEN '线索' WHEN 'qualified' THEN '确认' WHEN 'quoted' THEN '报价' WHEN 'negotiation' THEN '谈判' WHEN 'won' THEN '赢单'
        ELSE '输单' END AS stage,
    CASE stage WHEN 'lead' THEN 10 WHEN 'qualified' THEN 30 WHEN 'quoted' THEN 50 WHEN 'negotiation' THEN 70 WHEN 'won' THEN 100
        ELSE 0 END AS win_rate,
    stamp(opportunities.opened_at) AS create_time,
    day_text(closed_at + to_days(CAST(draw_whole(-20, 15, 'expects', draft_key) AS INTEGER))) AS plan_date,
    CASE WHEN NOT is_open THEN stamp(closed_at) END AS end_time, owner_id AS owner,
    last_change(CASE WHEN is_open THEN opportunities.opened_at ELSE closed_at END) AS updated_at
FROM opportunities
LEFT JOIN (SELECT request_no AS source_no, request_id AS source_request_id, owner_id AS source_owner_id FROM requests) AS origins ON source_no = same_request
ORDER BY opp_no;
CREATE VIEW crm.opportunity_log AS
SELECT opportunity_id AS opp_no, stamp(happened_at) AS log_time, CASE kind WHEN 'owner' THEN '负责人' ELSE '阶段' END AS field, from_value AS old_value, to_value AS new_value,
    owner_id AS user_no, stamp(happened_at) AS updated_at
FROM opportunity_events
ORDER BY opp_no, log_time, field;
CREATE VIEW crm.kpi_target AS SELECT metric AS kpi, day_text(period) AS period, scope, value AS target FROM targets ORDER BY kpi, period;
