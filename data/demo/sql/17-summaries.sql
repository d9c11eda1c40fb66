-- What the hotline typed: in Chinese, in English for customers abroad. Now and then a word of buying.
CREATE TABLE summaries AS
WITH worded AS (
    SELECT
        requests.request_no, requests.kind, requests.region_no, requests.topic, requests.english_topic, products.family,
        products.product_id AS model, requests.priority, draw('intent', request_no) AS intent,
        pick(['使用咨询', '配件询价', '保修咨询', '技术参数', '升级报价'], 'asks', request_no) AS asked,
        pick(['响应慢', '重复故障', '服务态度', '收费争议', '到货延迟'], 'complains', request_no) AS complained,
        pick(['客户反映', '操作工来电，', '设备科反映', '现场报告', '值班人员称'], 'who-says', request_no) AS speaker,
        pick(['', '', '开机约十分钟后出现，', '今早交接班时发现，', '满负荷时出现，', '重启后仍然如此，', '近一周内第二次，', '昨夜停机后，'], 'since', request_no) AS circumstance,
        pick(['请尽快处理', '请安排工程师', '已先停机等待', '目前降负荷运行', '希望先电话指导', '备用机暂时顶替'], 'wish', request_no) AS wish,
        pick(['The operator reports', 'Customer reports', 'Maintenance reports', 'Shift leader says'], 'who-says', request_no) AS english_speaker,
        pick(['', ' since this morning', ' under full load', ' again after restart', ' for the second time this week'], 'since', request_no) AS english_circumstance,
        pick(['Please call back.', 'Machine is stopped.', 'Running at reduced load.', 'Please send an engineer.'], 'wish', request_no) AS english_wish
    FROM requests LEFT JOIN products ON products.product_no = requests.product_no
)
SELECT
    request_no, asked, complained,
    CASE WHEN region_no = 7 THEN CASE kind
        WHEN 'fault' THEN english_speaker || ': ' || english_topic || COALESCE(' on ' || model, '') || english_circumstance || '. ' || english_wish
        WHEN 'inquiry' THEN CASE asked WHEN '使用咨询' THEN 'Question on operation' WHEN '配件询价' THEN 'Price request for spare parts'
            WHEN '保修咨询' THEN 'Question on warranty' WHEN '技术参数' THEN 'Asks for technical data' ELSE 'Asks for a quote to upgrade' END
            || COALESCE(' of ' || model, '') || CASE WHEN intent < 0.15 THEN '. Would like a quote for a new machine.' ELSE '.' END
        WHEN 'maintenance' THEN 'Scheduled maintenance' || COALESCE(' of ' || model, '') || '.'
        WHEN 'installation' THEN 'Installation and start-up of the new machine.'
        WHEN 'return' THEN 'Part returned for inspection.'
        ELSE CASE complained WHEN '响应慢' THEN 'Complains about slow response' WHEN '重复故障' THEN 'Complains: same fault again'
            WHEN '服务态度' THEN 'Complains about the manner of service' WHEN '收费争议' THEN 'Disputes the charge' ELSE 'Complains about late delivery' END || ', asks for a reply.'
    END
    ELSE CASE kind
        WHEN 'fault' THEN speaker || COALESCE(model, '设备') || topic || '，' || circumstance || wish
        WHEN 'inquiry' THEN COALESCE(family, '设备') || CASE asked WHEN '使用咨询' THEN pick(['操作方法咨询', '参数设置咨询', '日常点检怎么做'], 'asks-what', request_no)
            WHEN '配件询价' THEN pick(['配件询价', '询易损件价格和交期', '询滤芯、密封件价格'], 'asks-what', request_no)
            WHEN '保修咨询' THEN pick(['是否还在保修期内', '保修范围咨询', '延保怎么办理'], 'asks-what', request_no)
            WHEN '技术参数' THEN pick(['索取技术参数', '索取接线图', '询问能耗数据'], 'asks-what', request_no)
            ELSE pick(['询升级改造报价', '询节能改造方案和报价'], 'asks-what', request_no) END || CASE WHEN intent < 0.15 THEN '，希望提供新机报价' ELSE '' END
        WHEN 'maintenance' THEN pick(['按计划保养', '年度保养到期，请安排', '按合约做季度保养', '运行小时数已到，做例行保养'], 'maintains', request_no) || COALESCE('：' || model, '')
        WHEN 'installation' THEN pick(['新机安装调试', '新机到货，请安排安装调试', '新机就位，等待调试'], 'installs', request_no) || COALESCE('：' || model, '')
        WHEN 'return' THEN pick(['部件退回检测', '更换件有异议，退回检测', '部件退换'], 'returns', request_no)
        ELSE CASE complained
            WHEN '响应慢' THEN pick(['报修后迟迟无人联系，要求尽快答复', '等了两天没人上门，要求说明'], 'complains-of', request_no)
            WHEN '重复故障' THEN pick(['同一故障又出现，要求彻底解决', '修过不久又坏，要求主管回电'], 'complains-of', request_no)
            WHEN '服务态度' THEN pick(['对现场沟通不满意，要求道歉', '认为电话答复敷衍'], 'complains-of', request_no)
            WHEN '收费争议' THEN pick(['认为属保修范围，不同意收费', '对工时费有异议，要求核对'], 'complains-of', request_no)
            ELSE pick(['配件到货延迟，影响生产', '承诺的到货日期已过，要求答复'], 'complains-of', request_no) END
    END END AS summary
FROM worded;
