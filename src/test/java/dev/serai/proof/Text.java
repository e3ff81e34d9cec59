package dev.serai.proof;

import java.util.List;

/** What models write, in the pieces in which it comes: prose of two kinds of script, code, and arguments of a tool. */
enum Text {
    PROSE(
            "The harbour was quiet when the first boats came home, ",
            "and nobody on the long stone pier expected any news. ",
            "An old man mended his nets beside the lighthouse, ",
            "humming a song that his grandmother used to sing. ",
            "Further along, two children counted the gulls ",
            "that circled above the market stalls. ",
            "Their mother had told them to wait for the baker, ",
            "who always closed his shop shortly before noon. ",
            "When the bells finally rang across the bay, ",
            "people stepped out of their houses and looked up. ",
            "The sky had turned a strange, pale shade of green, ",
            "as it sometimes does before a heavy summer storm. ",
            "Somebody laughed and said that it would pass, ",
            "but the fishermen were already tying down their boats. ",
            "Within an hour the wind had reached the village, ",
            "and rain was falling hard on every roof. ",
            "The children ran home with their bread under their coats, ",
            "while the old man carried his nets inside. ",
            "Later that evening, everyone agreed about one thing: ",
            "it had been the finest storm in many years."),
    CHINESE(
            "清晨的港口很安静，第一批渔船正慢慢驶回岸边。",
            "长长的石堤上站着几个老人，他们一边聊天，一边望着远处的海面。",
            "海鸥在桅杆之间盘旋，偶尔俯冲下来。",
            "一位老渔夫坐在灯塔旁边修补渔网，嘴里哼着祖母教给他的歌。",
            "中午时分，面包师傅关上店门，孩子们失望地看着窗户。",
            "没有人注意到，天空已经变成了一种奇怪的绿色。",
            "系统会根据错误的类型决定是否切换到下一个模型。",
            "对于流式响应，一旦用户已经收到了内容，就不能再进行切换。",
            "为了控制成本，管理员可以为每一个密钥设置每天的限额。",
            "所有的统计数据都会先写入本地磁盘，然后分批提交到数据库。"),
    CODE(
            "public final class Account {\n\n    private final Map<String, Long> balances = new HashMap<>();\n\n",
            "    public synchronized void deposit(String owner, long amount) {\n        if (amount <= 0) {\n",
            "            throw new IllegalArgumentException(\"amount: \" + amount);\n        }\n",
            "        balances.merge(owner, amount, Long::sum);\n    }\n\n",
            "    public Optional<Long> balanceOf(String owner) {\n",
            "        return Optional.ofNullable(balances.get(owner));\n    }\n}\n\n",
            "def moving_average(values, window=5):\n    total = 0.0\n    for i, value in enumerate(values):\n",
            "        total += value\n        if i >= window:\n            total -= values[i - window]\n",
            "        yield total / min(i + 1, window)\n\n",
            "const users = await db.query('select id, name from users where active = $1', [true]);\n",
            "return users.rows.map((row) => ({ ...row, label: `${row.name} (#${row.id})` }));\n"),
    ARGUMENTS(
            "{\"path\":\"src/main/java/shop/Order.java\",",
            "\"old_string\":\"return total;\",",
            "\"new_string\":\"return total.add(shipping);\",\"replace_all\":false,",
            "\"query\":\"select id, status from orders where created_at > now()\",",
            "\"location\":{\"city\":\"Oslo\",\"latitude\":59.9139,\"longitude\":10.7522},",
            "\"to\":[\"anna@example.com\",\"ben@example.com\"],",
            "\"subject\":\"Meeting moved to Thursday\",",
            "\"start_date\":\"2026-03-01\",\"hourly\":[\"temperature_2m\",\"wind_speed_10m\"],",
            "\"timeout\":120000,\"description\":\"Count the open tasks of the week\"}");

    final List<String> pieces;

    Text(String... pieces) {
        this.pieces = List.of(pieces);
    }

    /** All of it up to a piece. */
    String upTo(int last) {
        return String.join("", pieces.subList(0, last + 1));
    }

    String whole() {
        return upTo(pieces.size() - 1);
    }
}
