package org.gonghui.demo;

import java.util.List;
import java.util.Random;

/** Makes up people and enterprises. Nobody and nothing is meant; the characters are common ones put together by chance. */
final class InventedNames {

    private static final List<String> SURNAMES = List.of(
            "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗", "梁",
            "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈", "曾", "彭", "吕", "苏", "卢",
            "蒋", "蔡", "贾", "丁", "魏", "薛", "叶", "阎", "欧阳", "司徒", "单", "仇", "查", "覃");
    private static final List<String> GIVEN = List.of(
            "安", "柏", "长", "辰", "成", "春", "丹", "东", "帆", "芳", "飞", "凤", "福", "刚", "光", "桂", "海", "禾", "恒", "红", "华",
            "慧", "佳", "建", "江", "杰", "金", "静", "娟", "军", "凯", "兰", "乐", "丽", "亮", "林", "玲", "龙", "梅", "敏", "明", "宁",
            "平", "秋", "然", "荣", "瑞", "山", "盛", "书", "松", "涛", "婷", "伟", "文", "霞", "晓", "欣", "新", "秀", "雪", "岩", "燕",
            "扬", "怡", "英", "勇", "玉", "远", "月", "云", "泽", "珍", "志", "忠", "卓", "子", "梓");
    private static final List<String> RARE = List.of("𠮷", "䶮", "㛃", "𬭎", "珺", "堃", "喆", "犇");
    private static final List<String> WITH_DOT_FIRST = List.of("阿依努尔", "巴特尔", "次仁", "迪丽娜", "哈斯", "吉克", "买合木", "娜仁");
    private static final List<String> WITH_DOT_LAST = List.of("阿不都", "白玛", "达瓦", "尔古", "吐尔逊", "沙马", "图雅", "卓嘎");
    private static final List<String> BRAND_FIRST = List.of(
            "云", "禾", "启", "岳", "澄", "沐", "霁", "川", "朗", "屹", "砺", "泓", "曦", "樾", "葵", "岚", "溪", "驭", "恒", "鹿", "橡",
            "瀚", "棠", "谷", "远", "松", "铭", "桐", "蔚", "睿");
    private static final List<String> BRAND_SECOND = List.of(
            "帆", "光", "程", "原", "舟", "澜", "野", "石", "信", "和", "峰", "益", "途", "羽", "源", "诚", "星", "宁", "实", "方", "桥",
            "林", "竹", "达", "嘉", "泰", "衡", "页", "工", "木");
    private static final List<String> TRADES = List.of(
            "科技", "物流", "餐饮管理", "物业服务", "建筑工程", "机电设备", "食品", "服装", "医药", "印刷", "文化传媒", "汽车服务", "环境工程", "软件", "信息技术",
            "商贸", "酒店管理", "家政服务", "快递服务", "仓储");
    private static final List<String> FORMS = List.of("有限公司", "有限责任公司", "股份有限公司");

    private InventedNames() {}

    /** A person's name: now and then with a rare character, or with a dot between its parts. */
    static String person(Random random) {
        int kind = random.nextInt(1000);
        if (kind < 4) {
            return one(WITH_DOT_FIRST, random) + "·" + one(WITH_DOT_LAST, random);
        }
        if (kind < 7) {
            return one(SURNAMES, random) + one(RARE, random) + (kind == 4 ? "" : one(GIVEN, random));
        }
        // Frequent surnames come first in the list, and oftener.
        int rank = (int) (SURNAMES.size() * Math.pow(random.nextDouble(), 1.8));
        String given = one(GIVEN, random);
        return SURNAMES.get(rank) + (random.nextInt(10) < 2 ? given : given + one(GIVEN, random));
    }

    /** An enterprise: its short name. {@code number} tells apart as many as 18,000. */
    static String enterprise(int number) {
        int mixed = (int) (number * 7919L % 18_000);
        int brand = mixed / TRADES.size();
        return BRAND_FIRST.get(brand / BRAND_SECOND.size())
                + BRAND_SECOND.get(brand % BRAND_SECOND.size())
                + TRADES.get(mixed % TRADES.size());
    }

    /** The form of company that follows the short name. */
    static String form(int number) {
        return FORMS.get(Math.floorMod(number * 31 + 7, FORMS.size()));
    }

    private static String one(List<String> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }
}
