-- Parts from which names are put together. No company or person is meant.
SET VARIABLE surnames = ['王','李','张','刘','陈','杨','赵','黄','周','吴','徐','孙','胡','朱','高','林','何','郭','马','罗','梁','宋','郑','谢','韩','唐','冯','于','董','萧','程','曹','袁','邓','许','傅','沈','曾','彭','吕'];
SET VARIABLE given_first = ['志','建','国','海','文','晓','永','振','立','春','秋','雅','婷','丽','俊','浩','泽','嘉','思','雨','明','德','庆','少','玉','培','金','世','兴','凯'];
SET VARIABLE given_second = ['强','军','华','伟','平','敏','芳','涛','超','霞','鹏','杰','莉','斌','刚','宁','峰','磊','燕','辉','琳','锋','波','娟','林','东','泉','阳','成','洁'];
SET VARIABLE english_first = ['Daniel','Anna','Marco','Sofia','Thomas','Julia','Peter','Elena','Robert','Laura'];
SET VARIABLE english_last = ['Weber','Costa','Lindqvist','Moreau','Novak','Hartley','Berg','Rossi','Keller','Doyle'];
SET VARIABLE brand_first = ['锐','恒','泰','瑞','鼎','嘉','远','宏','科','盛','凌','博','晟','裕','昊','铭','翰','启','卓','润','朗','迈','奕','骏','沃'];
SET VARIABLE brand_second = ['通','达','源','诺','康','凯','丰','晖','拓','驰','澜','格','威','创','信','铂','森','维','亿','普','腾','谷','域','衡','川'];
SET VARIABLE industries = ['纺织','食品','化工','电子','医药','汽车零部件','包装','塑胶','新材料','造纸','冷链物流','建材','水务','机械加工'];
SET VARIABLE foreign_first = ['Norvik','Altera Bay','Kessling','Marlowe','Sunda','Prestova','Halvard','Tirano','Brightmoor','Castelan','Lakemont','Oriel'];
SET VARIABLE foreign_second = ['Textiles','Foods','Chemicals','Packaging','Components','Plastics','Materials','Cold Chain'];
SET VARIABLE foreign_last = ['GmbH','Ltd.','Co., Ltd.','S.p.A.','Pte. Ltd.','B.V.'];

SET VARIABLE foreign_industries = ['纺织','食品','化工','包装','汽车零部件','塑胶','新材料','冷链物流'];

-- `city_minutes`: usual travel for a visit, there and back, by the engineers of that region.
CREATE TABLE regions AS
SELECT * FROM (
    VALUES
        (1, '华东', 0.00, 0.34, ['苏州','无锡','杭州','宁波','常州','嘉兴','合肥','南通','绍兴','昆山'], [60,70,95,150,80,85,150,110,110,60]),
        (2, '华南', 0.34, 0.55, ['东莞','佛山','中山','惠州','珠海','江门','厦门','泉州'], [60,70,75,80,110,85,220,210]),
        (3, '华北', 0.55, 0.70, ['天津','石家庄','唐山','保定','济南','青岛','潍坊','太原'], [60,140,80,90,110,170,140,190]),
        (4, '华中', 0.70, 0.82, ['武汉','长沙','郑州','襄阳','株洲','洛阳','南昌'], [60,130,160,150,140,190,170]),
        (5, '西南', 0.82, 0.91, ['成都','重庆','绵阳','贵阳','昆明','德阳'], [60,140,90,210,280,80]),
        (6, '东北', 0.91, 0.97, ['沈阳','大连','长春','哈尔滨','鞍山'], [60,150,150,240,90]),
        (7, '海外', 0.97, 1.00, ['Overseas'], [530])
) AS regions(region_no, region, share_from, share_until, cities, city_minutes);

CREATE MACRO person_name(stream, id) AS
    CASE
        WHEN draw(stream || '/english', id) < 0.04
            THEN pick(getvariable('english_first'), stream || '/1', id) || ' ' || pick(getvariable('english_last'), stream || '/2', id)
        ELSE pick(getvariable('surnames'), stream || '/1', id)
            || CASE WHEN draw(stream || '/short', id) < 0.25 THEN '' ELSE pick(getvariable('given_first'), stream || '/2', id) END
            || pick(getvariable('given_second'), stream || '/3', id)
    END;
