--
-- PostgreSQL database dump
--

\restrict shop

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: customers; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.customers (
    id integer NOT NULL,
    name character varying(40) NOT NULL,
    idno character(10),
    mobile character varying(20),
    tel character varying(20),
    email character varying(80),
    address character varying(120),
    birthday date
);


--
-- Name: decoys; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.decoys (
    id integer NOT NULL,
    order_no bigint NOT NULL,
    ean bigint NOT NULL,
    imei bigint NOT NULL,
    created_ms bigint NOT NULL,
    md5 character(32) NOT NULL,
    sha256 character(64) NOT NULL,
    lat numeric(9,6) NOT NULL,
    lng numeric(9,6) NOT NULL,
    uuid character(36) NOT NULL,
    trade_no character varying(20) NOT NULL,
    invoice_no character(10) NOT NULL,
    tcat_no character varying(14) NOT NULL,
    thumb bytea
);


--
-- Name: payments; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.payments (
    id integer NOT NULL,
    order_no character varying(20) NOT NULL,
    card_no character varying(25),
    cvv character varying(4),
    expiry character varying(5),
    amount integer NOT NULL,
    paid_at timestamp without time zone NOT NULL
);


--
-- Name: waybills; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.waybills (
    waybill_no character varying(12) NOT NULL,
    receiver character varying(40) NOT NULL,
    receiver_tel character varying(20) NOT NULL,
    receiver_addr character varying(120) NOT NULL,
    idno character(10),
    goods_name character varying(80) NOT NULL,
    shipped_at date NOT NULL
);


--
-- Data for Name: customers; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.customers VALUES (1001, '曾承翰', 'X113346809', '0911-306023', '(04)2083-7847', 'dsfjdea10@mail.example.com.tw', '桃園市中壢區中正路107號14樓', '1975-05-18');
INSERT INTO public.customers VALUES (1002, '張志明', 'I298892904', '0932***214', '03-376-3205', 'khhghda89@mail.example.com.tw', '臺南市東區裕農路36號14樓', '1959-02-22');
INSERT INTO public.customers VALUES (1003, '周冠宇', 'G16****854', '0962950868', '02-78969714', 'uvmdemb47@mail.example.com.tw', '新竹市東區光復路二段21號10樓', '1987-07-18');
INSERT INTO public.customers VALUES (1004, '葉淑芬', 'H157292027', '0932-533681', '(02)7552-2021', 'pumdsnv80@mail.example.com.tw', '臺中市西屯區臺灣大道三段177號18樓', '1951-09-23');
INSERT INTO public.customers VALUES (1005, '莊雅雯', 'G286191129', '0926-622-110', '03-561-1301', 'pcrrhem53@mail.example.com.tw', '彰化縣員林市成功路176號8樓', '1957-12-10');
INSERT INTO public.customers VALUES (1006, '劉建良', 'Q282318318', '0973***674', '(06)642-2682', 'hpkbrbg24@mail.example.com.tw', '新北市板橋區文化路一段50號7樓', '1950-11-16');
INSERT INTO public.customers VALUES (1007, '王雅雯', 'Q131460281', '0958-591-329', '07-766-9168', 'saaccem12@mail.example.com.tw', '新竹市東區光復路二段235號5樓', '1964-09-26');
INSERT INTO public.customers VALUES (1008, '黃○良', 'V243745705', '0957046172', '04-2190-0225', 'frwedea19@mail.example.com.tw', '新竹市東區光復路二段145號6樓', '1987-04-07');
INSERT INTO public.customers VALUES (1009, '周○翰', 'P286580524', '0929917561', '(06)652-0801', 'sfkawgt27@mail.example.com.tw', '臺北市信義區忠孝東路五段42號6樓', '1966-07-12');
INSERT INTO public.customers VALUES (1010, '羅子軒', 'B29****273', '0953***109', '(03)345-0208', 'wykknwt59@mail.example.com.tw', '桃園市中壢區***', '1989-12-23');
INSERT INTO public.customers VALUES (1011, '林欣怡', 'G929498872', '0915835797', '04-3842-6809', 's********@mail.example.com.tw', '彰化縣員林市成功路207號20樓', '1967-11-07');
INSERT INTO public.customers VALUES (1012, '周詩涵', 'V246863675', '0924-656-186', '(03)397-7818', 'fhwmkku27@mail.example.com.tw', '臺中市西屯區臺灣大道三段388號9樓', '1971-11-08');
INSERT INTO public.customers VALUES (1013, '郭俊宏', 'V21****781', '0917-271-117', '07-873-0337', 'unbkspb93@mail.example.com.tw', '高雄市左營區博愛二路275號4樓', '1985-03-10');
INSERT INTO public.customers VALUES (1014, '周○君', 'W955438882', '09765025**', '(04)2336-8857', 'gpgjdbp16@mail.example.com.tw', '臺中市西屯區臺灣大道三段268號18樓', '1952-11-19');
INSERT INTO public.customers VALUES (1015, '黃美玲', 'N172260123', '0912033328', '037-45-8912', 'vvmtmyj27@mail.example.com.tw', '高雄市左營區博愛二路140號4樓', '1996-02-20');
INSERT INTO public.customers VALUES (1016, '洪子軒', 'G219095927', '0963284663', '07-4275312', 'endppte51@mail.example.com.tw', '新竹市東區光復路二段360號21樓', '1965-06-23');
INSERT INTO public.customers VALUES (1017, '楊宗翰', 'H275686145', '0951919400', '04-31476584', 'yyhvnub70@mail.example.com.tw', '桃園市中壢區中正路124號20樓', '1954-07-16');
INSERT INTO public.customers VALUES (1018, '廖雅婷', 'A134330072', '0983168757', '07-241-7333', 'ddbkwwe82@mail.example.com.tw', '臺北市信義區忠孝東路五段150號22樓', '1950-04-15');
INSERT INTO public.customers VALUES (1019, '周怡君', 'A293657967', '0976***849', '03-3942570', 'fbgknss93@mail.example.com.tw', '臺北市信義區忠孝東路五段113號5樓', '1977-08-19');
INSERT INTO public.customers VALUES (1020, '蔡淑芬', 'U132359174', '0981550109', '04-29607873', 'dddrdvp61@mail.example.com.tw', '高雄市左營區博愛二路98號12樓', '1954-01-19');
INSERT INTO public.customers VALUES (1021, '洪○玲', 'H255617064', '0934-134-432', '04-27130659', 'wuhneck27@mail.example.com.tw', '臺中市西屯區***', '1965-09-14');
INSERT INTO public.customers VALUES (1022, '廖淑芬', 'D291436463', '0966-429-446', '03-539-0591', 'vnurgkj15@mail.example.com.tw', '高雄市左營區博愛二路147號4樓', '1966-07-11');
INSERT INTO public.customers VALUES (1023, '陳○穎', 'F911648303', '0952-250-380', '03-551-7785', 'gymmvvb65@mail.example.com.tw', '高雄市左營區博愛二路133號12樓', '1982-07-20');
INSERT INTO public.customers VALUES (1024, '吳美玲', 'J279734590', '0969-832984', '(06)572-7247', 'nnpcauw19@mail.example.com.tw', '新竹市東區光復路二段112號9樓', '1983-02-24');
INSERT INTO public.customers VALUES (1025, '賴宗翰', 'W230203423', '0938***016', '03-509-6142', 'b********@mail.example.com.tw', '臺南市東區裕農路39號15樓', '1962-02-05');
INSERT INTO public.customers VALUES (1026, '羅○妤', 'P174267292', '0951135641', '(037)55-8967', 'dafsaum48@mail.example.com.tw', '臺中市西屯區臺灣大道三段220號7樓', '1977-06-28');
INSERT INTO public.customers VALUES (1027, '許欣怡', 'O146837463', '0938868844', '03-591-9339', 'gtnjkvw65@mail.example.com.tw', '彰化縣員林市成功路301號4樓', '1962-07-09');
INSERT INTO public.customers VALUES (1028, '周彥廷', 'B18****194', '0958-855-084', '(03)304-8591', 'mtetrfg38@mail.example.com.tw', '新竹市東區光***', '1955-07-24');
INSERT INTO public.customers VALUES (1029, '葉雅婷', 'M190872086', '0919805201', '06-295-5064', 'turbrgv51@mail.example.com.tw', '臺南市東區裕農路257號13樓', '1957-11-04');
INSERT INTO public.customers VALUES (1030, '何○穎', 'A164208958', '0912-907714', '03-508-7307', 'ccheurh44@mail.example.com.tw', '臺中市西屯區臺灣大道三段25號14樓', '1953-02-11');
INSERT INTO public.customers VALUES (1031, '黃志明', 'U138933147', '0953070801', '037-57-9672', 'snsvyht74@mail.example.com.tw', '彰化縣員林市成功路57號23樓', '1992-11-23');
INSERT INTO public.customers VALUES (1032, '高○明', 'M29****145', '0976-772-155', '(04)2325-3037', 'kdserdk41@mail.example.com.tw', '彰化縣員林市成功路159號2樓', '1979-04-28');
INSERT INTO public.customers VALUES (1033, '吳柏翰', 'H244763886', '0951153351', '(03)375-3765', 'eanmkra83@mail.example.com.tw', '臺中市西屯區***', '1962-06-21');
INSERT INTO public.customers VALUES (1034, '蔡心怡', 'Q2721835**', '0980***346', '03-3369622', 'pvfwfhp50@mail.example.com.tw', '新竹市東區光復路二段44號16樓', '1959-12-09');
INSERT INTO public.customers VALUES (1035, '蘇怡君', 'P150992574', '0982-275786', '037-59-8841', 'tdrbwhw48@mail.example.com.tw', '高雄市左營區博愛二路204號9樓', '1952-02-07');
INSERT INTO public.customers VALUES (1036, '吳雅雯', 'Q267360110', '0952***437', '04-36602938', 'khsywyb46@mail.example.com.tw', '高雄市左營區博愛二路153號17樓', '1998-11-23');
INSERT INTO public.customers VALUES (1037, '何淑芬', 'C266932755', '09314787**', '(02)3392-0615', 'dkmtakn49@mail.example.com.tw', '彰化縣員林市成功路397號19樓', '1984-04-25');
INSERT INTO public.customers VALUES (1038, '曾承翰', 'D261028613', '0932535598', '(02)7567-3073', 'ngrtwyd82@mail.example.com.tw', '臺南市東區裕農路281號18樓', '1958-03-12');
INSERT INTO public.customers VALUES (1039, '吳家豪', 'V122919856', '0964-518-824', '(04)3570-5742', 'eageewh14@mail.example.com.tw', '新北市板橋區文化路一段382號8樓', '1997-06-25');
INSERT INTO public.customers VALUES (1040, '黃冠宇', 'I105898503', '09352749**', '06-511-3697', 'ughgwnp13@mail.example.com.tw', '新竹市東區光復路二段285號7樓', '1989-05-24');
INSERT INTO public.customers VALUES (1041, '羅淑芬', 'U28****621', '0938012019', '06-271-1642', 'efgpppc92@mail.example.com.tw', '新竹市東區光復路二段172號13樓', '1960-05-11');
INSERT INTO public.customers VALUES (1042, '劉冠宇', 'H198274650', '0912336948', '03-320-1729', 'urngdym43@mail.example.com.tw', '新竹市東區光復路二段221號8樓', '1990-01-24');
INSERT INTO public.customers VALUES (1043, '黃俊宏', 'E15****759', '0975***068', '(02)7067-1543', 'phaacdg46@mail.example.com.tw', '桃園市中壢區中正路122號18樓', '1977-12-01');
INSERT INTO public.customers VALUES (1044, '葉建良', 'P167036401', '0919-628-107', '(03)524-0683', 'j********@mail.example.com.tw', '臺北市信義區忠孝東路五段4號9樓', '1965-06-07');
INSERT INTO public.customers VALUES (1045, '楊○怡', 'U140118990', '0988-762282', '03-5778818', 'uvrdhhy75@mail.example.com.tw', '桃園市中壢區中正路367號5樓', '1960-11-21');
INSERT INTO public.customers VALUES (1046, '謝子軒', 'J24****612', '0925-329290', '(07)711-7954', 'gegskyg46@mail.example.com.tw', '臺北市信義區忠孝東路五段390號7樓', '1961-03-06');
INSERT INTO public.customers VALUES (1047, '呂○穎', 'I268711361', '0918726922', '(037)41-9223', 'prrbyuc09@mail.example.com.tw', '新北市板橋區文化路一段163號18樓', '1984-06-24');
INSERT INTO public.customers VALUES (1048, '曾俊宏', 'K836123434', '0987612069', '07-802-3206', 'jjpjpdv65@mail.example.com.tw', '桃園市中壢區中正路320號8樓', '1960-05-25');
INSERT INTO public.customers VALUES (1049, '蔡俊宏', 'E139297638', '0927-193-112', '03-538-6580', 'fmhnwmg15@mail.example.com.tw', '臺北市信義區忠孝東路五段192號22樓', '1966-11-17');
INSERT INTO public.customers VALUES (1050, '莊品妤', 'M152633567', '0986***892', '03-583-8508', 'tkbtmuw39@mail.example.com.tw', '高雄市左營區博愛二路16號7樓', '1966-09-09');
INSERT INTO public.customers VALUES (1051, '葉冠宇', 'W224281742', '0928065932', '06-546-3819', 'k********@mail.example.com.tw', '桃園市中壢區中正路366號20樓', '1984-11-09');
INSERT INTO public.customers VALUES (1052, '莊○廷', 'U26****931', '0920639430', '02-2191-4507', 'cnejmse70@mail.example.com.tw', '臺北市信義區忠孝東路五段307號18樓', '1953-03-07');
INSERT INTO public.customers VALUES (1053, '葉建良', 'Z197713438', '09218670**', '(03)537-8956', 'ufrhrnt86@mail.example.com.tw', '桃園市中壢區中正路73號4樓', '1982-02-19');
INSERT INTO public.customers VALUES (1054, '邱家豪', 'X168655684', '0925973473', '06-3168605', 'fcdsarp37@mail.example.com.tw', '高雄市左營區博愛二路87號14樓', '1977-01-11');
INSERT INTO public.customers VALUES (1055, '鄭怡君', 'K19****020', '0970038376', '03-5021628', 'utejdkr32@mail.example.com.tw', '彰化縣員林市成功路81號20樓', '1993-07-23');
INSERT INTO public.customers VALUES (1056, '何俊宏', 'P288761296', '0974455997', '037-45-7907', 'cdmskkr06@mail.example.com.tw', '臺中市西屯區臺灣大道三段136號19樓', '1965-11-25');
INSERT INTO public.customers VALUES (1057, '邱宗翰', 'M211310065', '0917-598-798', '(02)3534-6980', 'nthndwy83@mail.example.com.tw', '臺北市信義區忠孝東路五段347號15樓', '1997-10-24');
INSERT INTO public.customers VALUES (1058, '鄭彥廷', 'B260891281', '0966232841', '04-3436-7115', 'bbgsrhp42@mail.example.com.tw', '臺北市信義區忠孝東路五段85號14樓', '1968-08-01');
INSERT INTO public.customers VALUES (1059, '曾○明', 'K274477804', '0918748034', '037-320431', 'pmnkteu32@mail.example.com.tw', '臺南市東區裕農路251號24樓', '1974-05-15');
INSERT INTO public.customers VALUES (1060, '莊家豪', 'J191326214', '0968-441-929', '06-5406020', 'kduncjm27@mail.example.com.tw', '彰化縣員林市成功路389號9樓', '1959-11-21');
INSERT INTO public.customers VALUES (1061, '陳志明', 'U147825309', '0930575260', '03-3279077', 'mycbwbb01@mail.example.com.tw', '臺南市東區裕農路231號17樓', '1986-07-07');
INSERT INTO public.customers VALUES (1062, '楊家豪', 'D219009017', '0968-780-020', '037-495232', 'pvsvapv82@mail.example.com.tw', '桃園市中壢區中正路244號17樓', '1991-12-03');
INSERT INTO public.customers VALUES (1063, '洪○宏', 'F18****606', '0983-358164', '(037)33-4951', 'gbrcmap25@mail.example.com.tw', '臺南市東區裕農路264號22樓', '1997-11-05');
INSERT INTO public.customers VALUES (1064, '曾品妤', 'K165625934', '0962***579', '02-80714426', 'ptvvjhc43@mail.example.com.tw', '彰化縣員林市成功路316號4樓', '1992-04-02');
INSERT INTO public.customers VALUES (1065, '陳詩涵', 'X201978973', '0964762060', '(04)2831-6557', 'r********@mail.example.com.tw', '彰化縣員林市成功路4號3樓', '1956-02-04');
INSERT INTO public.customers VALUES (1066, '周志明', 'W282547218', '0930519751', '04-31334001', 'mbfwrbk63@mail.example.com.tw', '臺南市東區裕農路305號17樓', '1978-04-27');
INSERT INTO public.customers VALUES (1067, '蕭○雯', 'C280311436', '0962-484-855', '04-2956-5080', 'uehuwkw41@mail.example.com.tw', '高雄市左營區博愛二路113號11樓', '1957-09-19');
INSERT INTO public.customers VALUES (1068, '莊彥廷', 'X997184350', '0927566160', '(037)33-4526', 'wamyapd01@mail.example.com.tw', '臺中市西屯區臺灣大道三段74號20樓', '1989-05-22');
INSERT INTO public.customers VALUES (1069, '鄭雅婷', 'Z171744479', '0918***976', '06-650-3664', 'bshgbfk39@mail.example.com.tw', '彰化縣員林市成功路293號2樓', '1965-06-12');
INSERT INTO public.customers VALUES (1070, '蔡志明', 'N2187646**', '0968***625', '04-2211-1669', 'jjwsjwe01@mail.example.com.tw', '彰化縣員林市***', '1954-09-05');
INSERT INTO public.customers VALUES (1071, '賴子軒', 'G20****394', '0969***693', '04-3194-2285', 'v********@mail.example.com.tw', '桃園市中壢區中正路277號21樓', '1962-02-11');
INSERT INTO public.customers VALUES (1072, '郭欣怡', 'D26****505', '0973736686', '06-522-5248', 'snmgrns93@mail.example.com.tw', '臺南市東區裕農路141號7樓', '1954-07-21');
INSERT INTO public.customers VALUES (1073, '徐怡君', 'P110027963', '0977576276', '(03)556-7050', 'wrnpgpp25@mail.example.com.tw', '新北市板橋區文化路一段160號8樓', '1974-07-28');
INSERT INTO public.customers VALUES (1074, '許承翰', 'U144588532', '0987***956', '03-5207384', 'dhbajnu34@mail.example.com.tw', '桃園市中壢區中正路112號24樓', '1986-12-28');
INSERT INTO public.customers VALUES (1075, '何俊宏', 'U275302484', '0965542377', '(02)8579-6352', 'serdrfu74@mail.example.com.tw', '臺北市信義區忠孝東路五段372號23樓', '1980-10-21');
INSERT INTO public.customers VALUES (1076, '蘇建良', 'B297154771', '0950-905-014', '07-3681642', 'bjkvdag58@mail.example.com.tw', '桃園市中壢區中正路75號11樓', '1998-08-12');
INSERT INTO public.customers VALUES (1077, '劉淑芬', 'H1023163**', '0933-433-695', '(04)3481-0240', 'meptemd01@mail.example.com.tw', '高雄市左營區博愛二路78號24樓', '1952-05-05');
INSERT INTO public.customers VALUES (1078, '黃彥廷', 'Z247365304', '0931-657187', '(04)2189-6993', 'mmwcwrr69@mail.example.com.tw', '新竹市東區光復路二段180號6樓', '1957-10-02');
INSERT INTO public.customers VALUES (1079, '高雅婷', 'M284102404', '0972601118', '(06)647-5996', 'wvpgdrm42@mail.example.com.tw', '臺北市信義區忠孝東路五段333號22樓', '1998-10-24');
INSERT INTO public.customers VALUES (1080, '葉子軒', 'D145834806', '0915758852', '(03)363-6938', 'hhcgpse91@mail.example.com.tw', '彰化縣員林市成功路278號23樓', '1970-08-10');
INSERT INTO public.customers VALUES (1081, '徐雅雯', 'J261968742', '0975***745', '07-2260846', 'pucgffy21@mail.example.com.tw', '高雄市左營區博愛二路199號8樓', '1998-12-05');
INSERT INTO public.customers VALUES (1082, '李冠宇', 'C274602891', '0953629639', '037-448999', 'htafdgb06@mail.example.com.tw', '彰化縣員林市成功路88號10樓', '1966-07-02');
INSERT INTO public.customers VALUES (1083, '黃詩涵', 'C117076179', '09771513**', '03-5347821', 'uagafpy60@mail.example.com.tw', '高雄市左營區博愛二路78號22樓', '1971-09-20');
INSERT INTO public.customers VALUES (1084, '郭品妤', 'N197687871', '0987-694-273', '037-68-8861', 'kvevrsw10@mail.example.com.tw', '臺南市東區裕農路225號6樓', '1993-03-28');
INSERT INTO public.customers VALUES (1085, '周品妤', 'O112803560', '0956528574', '02-3343-2524', 'grnchtj18@mail.example.com.tw', '新北市板橋區文化路一段36號17樓', '1960-02-16');
INSERT INTO public.customers VALUES (1086, '蕭子軒', 'I24****659', '0925***781', '03-3184485', 'guensay01@mail.example.com.tw', '臺北市信義區忠孝東路五段99號12樓', '1964-01-19');
INSERT INTO public.customers VALUES (1087, '楊○涵', 'F2976614**', '0919-256178', '06-638-4041', 'pjmmaua12@mail.example.com.tw', '新竹市東區光復路二段197號9樓', '1958-06-01');
INSERT INTO public.customers VALUES (1088, '徐美玲', 'C150931535', '0914968168', '037-216707', 'nvbksty63@mail.example.com.tw', '臺中市西屯區臺灣大道三段48號21樓', '1985-01-09');
INSERT INTO public.customers VALUES (1089, '郭志明', 'E217967848', '0924-578589', '06-647-8403', 'rpgmhym39@mail.example.com.tw', '新竹市東區光復路二段161號8樓', '1972-09-09');
INSERT INTO public.customers VALUES (1090, '蔡雅婷', 'F180065403', '0975651203', '037-61-9292', 'ychdmeu78@mail.example.com.tw', '臺北市信義區忠孝東路五段380號11樓', '1971-04-25');
INSERT INTO public.customers VALUES (1091, '許心怡', 'I939573379', '0930130215', '07-524-8654', 'mvkmmhs96@mail.example.com.tw', '桃園市中壢區中正路299號15樓', '1953-12-28');
INSERT INTO public.customers VALUES (1092, '謝詩涵', 'J150208993', '0962933656', '07-6761248', 'rujwtsb13@mail.example.com.tw', '新竹市東區光復路二段38號7樓', '1989-09-19');
INSERT INTO public.customers VALUES (1093, '李品妤', 'M895263812', '0930***540', '02-3960-9283', 'cymwtdt99@mail.example.com.tw', '新竹市東區光復路二段351號8樓', '1989-04-15');
INSERT INTO public.customers VALUES (1094, '高○怡', 'G1136565**', '0935-288508', '037-290096', 'kncnrbv05@mail.example.com.tw', '桃園市中壢區中正路326號12樓', '1971-03-20');
INSERT INTO public.customers VALUES (1095, '郭○良', 'E233812437', '0971827152', '(03)387-7067', 'rwnwgem76@mail.example.com.tw', '臺北市信義區忠孝東路五段225號21樓', '1950-11-02');
INSERT INTO public.customers VALUES (1096, '曾雅婷', 'V100796519', '0953-939003', '03-5248077', 'nbgsrms18@mail.example.com.tw', '臺中市西屯區臺灣大道三段385號15樓', '1968-10-11');
INSERT INTO public.customers VALUES (1097, '葉怡君', 'T947388440', '0933-524482', '07-377-7360', 'h********@mail.example.com.tw', '新北市板橋區文化路一段46號3樓', '1954-03-23');
INSERT INTO public.customers VALUES (1098, '蔡○妤', 'H277622596', '0922849939', '037-27-3580', 'hmgsmgu93@mail.example.com.tw', '桃園市中壢區中正路206號17樓', '1976-06-01');
INSERT INTO public.customers VALUES (1099, '何建良', 'F11****709', '0987-493-546', '06-6284709', 'kpvgseb77@mail.example.com.tw', '臺南市東區裕農路244號10樓', '1954-07-17');
INSERT INTO public.customers VALUES (1100, '何志明', 'O843371355', '0925-756230', '(07)703-3796', 'ahmafsn17@mail.example.com.tw', '新北市板橋區文化路一段290號5樓', '1955-06-11');
INSERT INTO public.customers VALUES (1101, '張○穎', 'P155754869', '0951124536', '(037)55-7535', 'mcwydeb28@mail.example.com.tw', '臺南市東區裕農路311號23樓', '1958-11-27');
INSERT INTO public.customers VALUES (1102, '劉俊宏', 'I297334467', '0967-041810', '06-633-8008', 'swrcnty76@mail.example.com.tw', '臺南市東區裕***', '1962-11-19');
INSERT INTO public.customers VALUES (1103, '曾雅婷', 'C101513545', '0931-542-701', '02-70079033', 'jcmaepu89@mail.example.com.tw', '彰化縣員林市成功路153號2樓', '1992-06-07');
INSERT INTO public.customers VALUES (1104, '蘇承翰', 'I292797133', '0928-229-613', '07-7243647', 'f********@mail.example.com.tw', '新北市板橋區***', '1969-04-13');
INSERT INTO public.customers VALUES (1105, '周詩涵', 'W105571345', '0952369995', '(03)375-0818', 'ssvpatm44@mail.example.com.tw', '新竹市東區光復路二段169號17樓', '1987-08-24');
INSERT INTO public.customers VALUES (1106, '鄭雅雯', 'A229832874', '0913249346', '02-34885457', 'dadsbjn69@mail.example.com.tw', '臺中市西屯區臺灣大道三段274號9樓', '1967-01-13');
INSERT INTO public.customers VALUES (1107, '劉心怡', 'B292733085', '0956-806-276', '06-526-8429', 'bpmaykd04@mail.example.com.tw', '臺中市西屯區臺灣大道三段216號18樓', '1993-06-16');
INSERT INTO public.customers VALUES (1108, '葉心怡', 'C272659650', '0962291807', '06-284-9384', 'pycydwy37@mail.example.com.tw', '臺北市信義區忠孝東路五段163號2樓', '1973-10-26');
INSERT INTO public.customers VALUES (1109, '廖志明', 'T208071715', '0956535066', '02-78292080', 'hdevnya41@mail.example.com.tw', '彰化縣員林市成功路175號2樓', '1958-09-03');
INSERT INTO public.customers VALUES (1110, '李宗翰', 'A282370128', '0912006126', '07-2403703', 'wggravv71@mail.example.com.tw', '臺南市東區裕農路144號15樓', '1965-05-24');
INSERT INTO public.customers VALUES (1111, '郭雅雯', 'M280259840', '0937371101', '02-7457-7401', 'eysfvhu45@mail.example.com.tw', '臺南市東區裕農路399號10樓', '1959-02-11');
INSERT INTO public.customers VALUES (1112, '賴○翰', 'T299124141', '0919-892152', '(04)2437-7685', 'u********@mail.example.com.tw', '高雄市左營區博愛二路182號20樓', '1968-12-24');
INSERT INTO public.customers VALUES (1113, '陳子軒', 'V215229689', '0917675015', '02-3616-8918', 'aaarntg51@mail.example.com.tw', '高雄市左營區博愛二路357號20樓', '1976-03-02');
INSERT INTO public.customers VALUES (1114, '黃建良', 'X264811446', '0924-603-669', '(02)3581-4751', 'mpghfjf17@mail.example.com.tw', '高雄市左營區博愛二路252號13樓', '1955-03-19');
INSERT INTO public.customers VALUES (1115, '呂品妤', 'H107192536', '0918***015', '06-3970943', 'ekjadbu24@mail.example.com.tw', '臺中市西屯區臺灣大道三段237號8樓', '1990-05-24');
INSERT INTO public.customers VALUES (1116, '莊怡君', 'E175925213', '0989999670', '06-3551609', 'dvrkdds89@mail.example.com.tw', '高雄市左營區博愛二路300號6樓', '1989-09-04');
INSERT INTO public.customers VALUES (1117, '陳欣怡', 'E249388666', '0977***893', '06-566-7303', 'bppupmu95@mail.example.com.tw', '彰化縣員林市成功路102號8樓', '1958-11-18');
INSERT INTO public.customers VALUES (1118, '邱柏翰', 'I186087295', '0955-964000', '04-2377-4908', 'nfayrcf79@mail.example.com.tw', '臺中市西屯區***', '1956-06-14');
INSERT INTO public.customers VALUES (1119, '鄭美玲', 'B893308711', '0963-721-251', '(037)21-4201', 'uuykggp58@mail.example.com.tw', '新北市板橋區***', '1989-04-03');
INSERT INTO public.customers VALUES (1120, '賴柏翰', 'T298823501', '0983***234', '07-7642967', 'c********@mail.example.com.tw', '臺北市信義區***', '1952-06-26');


--
-- Data for Name: decoys; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.decoys VALUES (1, 20230903060722, 4717315405531, 353050101071304, 1738157678010, '14b382196a88f81e434b8565b16a29aa', 'a94ff820fc5087edadc441b158f32d9be6a95d2b12c1b9200f1e2e7ab4e532cd', 25.003172, 120.338973, 'b5e0f0df-12d9-488f-9ef9-9c917d085737', '2510140048522401', 'DL64359186', '936802859378', '\xc1c2917b8c269032661c6a009d4fa9af3fbfe96f4f9f3587');
INSERT INTO public.decoys VALUES (2, 20230513401965, 4719230233077, 356280235822663, 1752000253695, 'cb976004978a6376715d7082ea58c3a1', '15e140f5ccfdfac2b8b0fbf7005602eb071880868de15031a7656cb680fc4546', 22.916071, 120.537239, '8df0d3cb-d665-41bb-80bf-288dd571b26f', '2402091248346258', 'ND23972600', '920784057613', '\x4b516195f1184115bd194525123e0308224c01315fb1b5de');
INSERT INTO public.decoys VALUES (3, 20230618458484, 4714849299605, 353123896109371, 1713414290716, '33eddd426b60f6c0a4c12adfe3403ac8', '201560e1e56187e7af67cfa66e978ab906eb4839becfc0e1404fde73ac2caacb', 24.186316, 121.194265, 'c1ea76ac-0e40-4a27-8162-c7172f6d1863', '2301051054232214', 'GE31227706', '936521430275', '\x63979547aaf608ebcccde3b88e45235798d41e9881f3b614');
INSERT INTO public.decoys VALUES (4, 20251125225923, 4710224396242, 353070545974830, 1723264411798, '8a9b4eb3920ad2586666dc87ebfed977', '65779b3f6bcf6a36c84fa6eafe3a3991df24f8137265a853c1b237903bc7be6b', 23.528327, 120.710866, '8df1867f-adc4-4acd-bf2e-ced4b7bd67c4', '2503092217151935', 'NC69881287', '901100696522', '\x34700ae4a014fae4f7eeaa8fd36c29a5e7097e9f404f05fe');
INSERT INTO public.decoys VALUES (5, 20231021960420, 4710426892306, 352070860579280, 1688960252632, 'de067b379f065ffd19d09101d480fd50', 'bcdc9f628bae839cd69ad4e276e5fb94dfe97782e38199f5fadc94aa7076dcfa', 22.213254, 120.298305, '3cb2c11c-8be4-4167-bd79-d10ac518457c', '2410252134204229', 'LF39469185', '917781860904', '\xc9502c3ff1846b86bf3d0fce45c683cd9bbf1d68a5323d70');
INSERT INTO public.decoys VALUES (6, 20230317712738, 4711202868850, 357227125086064, 1742259962228, 'db0fa8e330b77b04f123ad5da82a4560', 'd3cd923e224139a53bde1faa7947b97ea9cbf24eef9b047006eac73027e3fe66', 23.668648, 121.080099, '94084fdc-dc9a-478c-88ed-cfef420434e4', '2304032231593516', 'MB36331425', '948308684166', '\x2bf73b071a4b58ac459d049288b60a3e68e8627f483f4360');
INSERT INTO public.decoys VALUES (7, 20230920221363, 4716899142283, 351869678417257, 1747414229907, '9ccdae68d4c8bc7a273dcb31f4132ba8', '26fe91973022401dd120032be17bc081fbd1f48ee6be5cf4137e657ad1a276a4', 24.217733, 121.304396, '2243a22c-200a-41e7-8447-11895b87a70f', '2403180654567163', 'CN64491528', '931800340788', '\x6cc1cf6a1213ab00aacae6b220f551c774da2704c6f19492');
INSERT INTO public.decoys VALUES (8, 20230712446183, 4713209389260, 353258824427980, 1719357523767, '786ecf2fdf9398a9b6ef5dc52497c1ab', '953f79e506a0b0d14918218e079b31dd634dd865179f72ceef0a5e722993e4b1', 24.512864, 121.644551, '2a43fbad-d485-4fc3-8fcf-dd7ef9eaf8e0', '2312060637385301', 'FL98552758', '930645451851', '\x8eeb9cf3672a375f494a0f0cdc69793c5c761a37f0ed56e7');
INSERT INTO public.decoys VALUES (9, 20250916100057, 4714695768447, 353177791546236, 1736859928875, '08a9e8cd74075710629a9e7ea3cddadf', '8a958ff3e3a0b1d560cc3b3681093d3a73c89dc8833b5eac51be3e8d98d44777', 23.229210, 121.276785, '405822a0-3e7b-4e24-9519-5f8aeab8a35d', '2410011627322365', 'AA23218813', '943749808383', '\x99e83a2f7ccf5d8e0b20fe63a63eed7e450e4407b7d1c1c8');
INSERT INTO public.decoys VALUES (10, 20230804120418, 4714567883841, 356393233368926, 1688652950211, '6732062249087e9e67392aff34f31825', '0d690d0253e497d775ff31c9d3f5d6482d9aa985bd3588bcec749bb43eccd3fb', 24.088510, 120.383960, 'e1e31893-8905-4dec-a3c0-31a85de60283', '2401282138564572', 'KC80897842', '901769323280', '\x52da01af066b66cee56d220f2544ce964ed0d2e6838dc8fd');
INSERT INTO public.decoys VALUES (11, 20230302614703, 4712722424373, 355810297948211, 1724390036285, '58932d6a2adb4dc5260f4d8a469bc2a0', '1bcc5adbe72566933985340f915f13bb729c93b86cbbe5940183a106493a9fac', 23.354411, 120.613304, 'f03e2782-c956-4386-952a-8243f487519f', '2506141743022491', 'AN40673929', '939729248765', '\x036ea77b9325853c9a43ffd9361681c73b166c4b20402e66');
INSERT INTO public.decoys VALUES (12, 20250217303953, 4716878105735, 359750957595546, 1739413573160, 'e95279fc555a6e6f6342127c0ff4e227', '6e0a51fb5669fcf44d8e069dc6763ecca5b5d262eb72cbe26ebaffe6252d732e', 24.883737, 121.183859, 'f51bfbd1-347a-4262-9586-189db1a53344', '2506121513025791', 'MG34109041', '977524507958', '\xce0b62e46b791383582c92affb7570fa129ebfa9d76368c4');
INSERT INTO public.decoys VALUES (13, 20230319938817, 4710762463017, 359920917430155, 1705026813539, '52afc5319ff1a8ec6742df78a18656c1', '17d0482b7ba098f849323b028243435eb9505c95784bf6650bb9fb31a85ff0b0', 23.041529, 120.827374, '201e7d09-ef77-4d7a-b065-3dc8cf4c8382', '2301181659258218', 'NJ80076099', '931689887520', '\x2ec913445d3baf8efc0abc6764d5f665616b2aef80ae90c7');
INSERT INTO public.decoys VALUES (14, 20250617225521, 4711725320071, 354603512513139, 1689103076298, '5a4c62bc9637ed891e2354f6aec92ed7', '37e8ea681b2c2eaddd63e3b5174f5724887e64b1afe8349f7f601003c6bfa21e', 22.181163, 121.757483, 'd8455a5a-1cea-4430-a4d1-3b0c4f4ee3d5', '2402020407074729', 'KD40830990', '965123543947', '\xb728fc00f9315b74438f49be6f5db4fb4bca3bc1054aa9cd');
INSERT INTO public.decoys VALUES (15, 20250408633543, 4715050333652, 359520137616870, 1765152985607, 'c697a352107724db1ad261112df09698', '15077e76314394222b66b0c994900ae38ff7d0c3084e9cf7b794db2bc1b54ef1', 22.451421, 120.997889, 'd610fe1e-dca7-4198-8d88-24e75e0d9b4a', '2501030952397170', 'FC22141192', '996375157221', '\x5517139983875f34714c522f8b8f0470db6e9ed6967531ab');
INSERT INTO public.decoys VALUES (16, 20240517034843, 4716608642882, 359855807536069, 1705371466720, '2b1a124a9fa32635b442503682597b18', '9cf5497586cd582b25b47c427886d4a8be6b89c727838f8dae015a3f82031aef', 22.356691, 121.608109, 'f7dc4857-3379-4716-b64c-23ceafd435fd', '2403111446028694', 'DH08976771', '934663984395', '\x8875d15f1415728dd38249e949c7f1ee97b1c550a62f2b22');
INSERT INTO public.decoys VALUES (17, 20231101394673, 4712039576970, 357112571721747, 1716784084748, '3539ce36d345843ed066164699faddd4', '2ca8d98c33c5c53850b89a7726b40860f3271e6f2f0500b8e7270d465475934b', 22.224810, 121.263550, '34a55f35-756c-4334-b148-ed6c92df335d', '2311110020203576', 'FC44106481', '992447182456', '\xcbe65adbd6e7168ef25506f5aac23af8a70233969868f995');
INSERT INTO public.decoys VALUES (18, 20250524041796, 4715801361484, 351880437396427, 1728536538771, '907fbbc83b6da2d4be90c29aa34bfc9c', '2c4060ac82e0ae75201d7921f3226598c987a12b6a21d3cffcc021de71a81d8e', 22.513962, 121.223881, '25dec983-4f18-4e99-9fcb-7fd95f1be3dd', '2307080615356725', 'DK24952389', '908005889389', '\xa377ffab071bc99b7226ddd4838d08e3468c0b6d07b1be5d');
INSERT INTO public.decoys VALUES (19, 20250614475711, 4717665103118, 355254106242385, 1714547310760, 'ead0cba96b869b33761d26f92738865f', '8eeeafbe3847b6a5321e78a61fe32da8164451175174a0900b5e0dd192225f5e', 22.237810, 121.117022, '61eed351-59d2-468a-8dc1-e2a43c8e6435', '2303140807052562', 'NA19258578', '936558660004', '\xc3180498974b6b0bc712ad0157334801366147535cb4bdca');
INSERT INTO public.decoys VALUES (20, 20250822934516, 4711022390869, 359595538943578, 1710571807683, '3f106344ed19802d55be17237d0731eb', 'e462f78ad543fe8e73a2aa87ff4a9367698e83520520b607ee32673160f82252', 22.666938, 120.759834, '0c2b587c-0cbc-4942-9384-263267459f94', '2405021759569796', 'DE60039877', '910916584945', '\x85d0b288cdb9a60b9fba4e33247a937616cd52ce3c662f7b');
INSERT INTO public.decoys VALUES (21, 20250511232337, 4719215364758, 350315462591262, 1728172720486, '2a067d3de9b9050b8329841c6471a132', '1fbc61a3d9612c33842f9c77c9d379e8dea2811d8a95a35fd7230212f13960f4', 24.644163, 121.007450, '42786a8f-d040-4c7d-afe5-69096545e0f6', '2312220551145965', 'KG86787837', '945578834861', '\x62a7d2c2805e66fc27492137fe5e19cb741eb3394d246f8b');
INSERT INTO public.decoys VALUES (22, 20240815952183, 4711254400657, 356023410623708, 1759305943642, '5c5b8362cc108bf9c9577dd88cab5e95', '72beedd6ba76e60796f4a8a030a07c75aba75a264dc96610b4a10aaa37d5a480', 22.641302, 121.468228, '4e3ac85e-f631-441e-b401-c0ae173532a4', '2508131936599492', 'CG61668154', '982641810319', '\x24d9b8d4b64e21f0e54e6849ede4682c0b51f817be9e08c6');
INSERT INTO public.decoys VALUES (23, 20230719455593, 4716836312922, 359592220245883, 1674932835063, '6eeb5fd411e161dbb40e92f3850554d9', '480c9fae40fb819ad1561492e58db6b1efcfd9e78a53cb6e6a41f67c5815307a', 22.691111, 121.756949, '9938c879-0d46-4efc-9490-86b068e67e91', '2410151448253349', 'FH69155472', '999072292376', '\x0c378389d34989803085e21f53f7506dcbe9f169d8f42ff8');
INSERT INTO public.decoys VALUES (24, 20240116027177, 4719849271873, 358818919251721, 1692988988625, '4571e4f0b28d95e693fdccb07404bb8f', '33c73000ffdbd20697cec47adbc08476b14f82767ac9f3d1c5a2d69413f5e041', 24.625680, 120.808756, '24e7ce78-03fe-4c4d-aff6-e29f8f6c05fb', '2504131824075984', 'EF79095713', '932320066673', '\x2b7a01d4b734b07d585a1982bf86edb46bda9a1c55e5d5ed');
INSERT INTO public.decoys VALUES (25, 20240521087212, 4717454746458, 358360998505305, 1673188830762, 'b11bb3d6aff90ccdc1ea389d0ee9bf71', '18ab3ab44225146b885b85dc273dc6e3067ebe55fde696ec3ac764eec2060cc7', 23.553235, 120.777987, '821d7bcc-4122-458b-ade7-286dff70c637', '2303220130428046', 'DA58823609', '976803302498', '\xa14f0d38097ae06d43c8b280ffb87ee50a4123d182683ffa');
INSERT INTO public.decoys VALUES (26, 20241026444854, 4712553539215, 353328186628242, 1720481282844, '0223363eee3f3de1c5b01f37e519e7a9', '1df0b1d1e40b8f3ce6bbd1195954c2d49866379d6a72187ba56200b7f7c732c9', 23.042877, 120.521573, '8c46b17a-b36e-4dcc-8e3c-3d8dfd3967d2', '2503100006038649', 'JJ41360749', '943777984031', '\x5ec0059b40fc4726103d5b95a19fbe4a53515d1a7a2018f3');
INSERT INTO public.decoys VALUES (27, 20251205058755, 4712341609342, 358644706138503, 1723141695355, 'e274e540079cdffad308f460353d7325', 'dfea05b04d97a9db3d7a7903e929ed3eaa7f20c0486c63dd2cae9fbd7210a9d4', 24.706941, 120.985237, '970be43e-649b-4b42-bd61-091c106903f2', '2305270250360472', 'GH72303787', '998879943085', '\xdc5ac8f18358a711bd116d5194fc163c0407892bbccd980d');
INSERT INTO public.decoys VALUES (28, 20251016522083, 4713409994776, 354817076110898, 1748852740306, '9473fd4766f685cf8ee3c7b5dc56958e', 'dd2a18a0b4855c91f1d4c11b90ea2f1b5ca27b26d62692a08d3f5a5843664077', 23.784884, 120.316619, '8e85f14f-70d8-4c82-8604-7dcc829c9d14', '2511220533042832', 'JF32206510', '900640097346', '\xb933d25adfb0171babbad9e2b2f889091e4667b0b6f85c2f');
INSERT INTO public.decoys VALUES (29, 20240322408310, 4715825623704, 355121501239482, 1748393368808, '3a5cb8eda2da6b4bda901706a6a38b99', '2b2d0fa4054527013ca3c2d8e772b949bdab16e87657c546f9362f70018db83c', 22.523189, 121.214721, '7f94922f-7408-43ce-aebf-c6dcc53f9490', '2303070844290342', 'EM80874065', '953206925307', '\x6d0830b5e58a25003ac1fdc4511f14584968b81a91121b0c');
INSERT INTO public.decoys VALUES (30, 20250926667709, 4719461476434, 358109982055110, 1697307941009, 'f8a2a0fcf67b08127af4e2be9ddb57bf', '4120d1661aff538bf96a472b6e9e5737beb128a7a70a1651d4a7a4b781aaf8ac', 24.433330, 120.427723, 'b0da380b-25ab-44bf-acf2-4a5b6161d98f', '2509180823531637', 'DD34187145', '931039848716', '\xb1524b66584fc001717a593295f03e159d3cbf15aa9f9add');
INSERT INTO public.decoys VALUES (31, 20250719315805, 4711840284685, 359630233871798, 1751668526660, '7af8a2c3d0c18e53b556457e224e0170', 'b1363c34ada2cef055d3fd8cae902710af378c61e7424c41ae3eaeb3b3a05f15', 22.498951, 120.555059, '18f21504-63b2-4619-9adc-714e71e06fcf', '2508180024468696', 'GJ78020767', '931427305541', '\x2053e0e7275844ae5a6913d98835a0ed5c65e1e8509ed373');
INSERT INTO public.decoys VALUES (32, 20230801784039, 4712313100716, 357305379679147, 1716557025833, '172606b041ddc97573681110be3ebf2d', '41e804618ed25994415c7359dbaa6afb1d48986eb08129fc3534ff9f13c9e9ad', 22.677213, 120.593455, '71c6312d-f5e8-4d9e-a1be-bc7e8636e139', '2303271438387007', 'MB42099238', '934034597662', '\x7b0aa8aa03ae82f32d2339b6aa51af20e8974509875fbc30');
INSERT INTO public.decoys VALUES (33, 20230721410420, 4716841516872, 358277865689378, 1729723365763, '28c81a7eb4b7905b137bfe1d3375cd90', '5350383709b63391898d89aced43ac95cb4c5df4bf12b25a267f51cc6759829f', 23.691007, 121.706274, 'bbd08e68-e7c7-46aa-bd01-b3a0218c5688', '2311090506455627', 'JJ22388946', '950443744806', '\xb13aa10efb13d2e2d5cf7a8f52a42567977f8ccf9aad5bf2');
INSERT INTO public.decoys VALUES (34, 20240812108947, 4711441340698, 354283454541511, 1765880485312, 'bb7b4c24131186b24a8d1f702fc90046', '71eafa9e11209db52cf90a3511448ab67ef56434fffb4707292f562476566f63', 23.819394, 121.555541, '550aa808-1935-4088-afd9-1753c4903586', '2308271319564164', 'JH05765983', '904361636436', '\x76cf226fa4be78554e73f01c2e2b126050ccc8d2cda1a466');
INSERT INTO public.decoys VALUES (35, 20250123207706, 4713895648436, 350749122261041, 1681546150115, '8cf7e81add2122a63c1985a7c649cec8', '99e3d44cf5269ad7d7d54e7d273ddedb469efe207823dbb7f31be8ca6e1e7c3b', 22.365056, 120.500906, '61b41adc-b906-48a3-a895-a08e8efeaefb', '2511052255505358', 'LF12605985', '984956713225', '\x40aa4ed310de45ce5ed71d4a64902a5c3237f025caecc64c');
INSERT INTO public.decoys VALUES (36, 20241004451279, 4719837926945, 352784533414192, 1727219675210, '03544f6db58225555a6fd784e72b7c7d', '04a2c9eea6f8896b0207a4501348c8ab2b09789f36918ed57d3654225f31e763', 24.689835, 121.227479, '8e83a8b1-e772-4ca4-a4ba-c7b499e7282e', '2401241659214033', 'DG84691562', '912306827854', '\x6d52ef3d051843335765ae43c45215c18b0a5ead7f0d4445');
INSERT INTO public.decoys VALUES (37, 20241210042219, 4718822106645, 357872963289336, 1709291448730, '4b8153ed1a494792acc695b8b91d1048', 'fb693996a877896012764bf9b9232989d1fd7148be0cbbf25884f289e884f5bd', 24.254536, 120.134943, '6333f808-f862-47e3-9b12-2d61be566264', '2510051727547756', 'BL00813581', '921637616794', '\x33c4f563cf75c0d7af03b2f52de167268ade084776ed23a6');
INSERT INTO public.decoys VALUES (38, 20250622757275, 4717016589875, 355576600250518, 1754670806267, 'b7738a8043a0495812aa0c4eecc214c9', 'a9a88e0190c315774e59572d74d6c44037bb7dab9c613d22e671a9f7b41afd82', 24.056857, 120.189178, '9f1674da-ab8f-4c53-8c9b-07a9821ba668', '2408240911165559', 'NL71886005', '999034194440', '\xde355370f5e85fcb8287398b4ec40a15be01632173ff92fe');
INSERT INTO public.decoys VALUES (39, 20250112934391, 4711044545698, 351437896675369, 1759275975170, 'da77bf938bd6252d4e892ff73447bd0e', 'c94c758423ab7c0b79a42c6e6a773f21aa45f99b84f02ad7e65ea13cb2b09427', 24.008525, 120.207020, '9c6b0a20-2579-4df3-945f-70ef05e995bd', '2510252358397442', 'LK46574723', '903162197060', '\x7b001165f4cd4fce3f8a9b3c048d3a27ae26215de1a4177c');
INSERT INTO public.decoys VALUES (40, 20230323909494, 4711100455046, 353983592316731, 1746785767156, 'd4d751745d05460367846477fac5227f', '4a1a3aa7a372bdf3ed41c371f2ddb3036b9d7e698274e1f8f24e09bb4ebe3c3b', 22.846827, 120.990513, '5d43e71e-589b-4d5e-ad93-65af4cdf437d', '2302030626459904', 'CE72907018', '909808597816', '\xc295b1637b5765fb8498338fd3afdd74046f60f42c9e5b58');
INSERT INTO public.decoys VALUES (41, 20240315936207, 4716500768338, 355934245277802, 1761752434005, '7f77b1c2222f8952a9e78ae2b65bd751', '430ccc8f8b8b86f50ac3ff1f90aaf58878790fe5d1eb90f0e43b7e424837547d', 22.491427, 120.785661, '541ad25c-a53d-491d-9ee9-ad6d5be95acf', '2404250313538117', 'AH44950404', '987595228851', '\x5e09f23d6ad882bbf91cb14c70ae2d83ff61ed5782048a41');
INSERT INTO public.decoys VALUES (42, 20241012628365, 4711539806457, 356900774660907, 1749654878941, '431d8844415a3a3f14d536bb731afc81', '01c7323aa36e397afabaa06221abf3c89c0b7ff1ff76562906250439b4fdd20c', 22.618168, 121.893323, '12a44a0e-29ad-486d-99a2-92ac2bdb6a8b', '2401031700530459', 'EK44323302', '919504189795', '\x2f50f9646525e3e54b7649254642049e8fdf4328d9a3433d');
INSERT INTO public.decoys VALUES (43, 20250913920638, 4719719094861, 352054536258693, 1685043893405, '647dce548a7f604dae262514f6825c2a', '25716aa4a837e982f9b44d47e9993e4eb04f057a746eb257dfd205c705ee6fbe', 23.288548, 120.504870, 'db285021-a9af-4dc7-a422-db5dd7e11e9d', '2511271130529420', 'GK91763447', '986378911695', '\x6ce82c36f862325577786df077fec1462df7ca98e6ee9c43');
INSERT INTO public.decoys VALUES (44, 20251021571934, 4715865308654, 359661976159067, 1699944265384, 'aff3534f6ad18ed663ed250c23338a05', '3c69986847cdc8b5a1448c7a190c807d54a7a7a8d904a108e6308e57aba8b10f', 25.099828, 120.220203, '02bab78c-9eba-4317-9b55-37a83c96283b', '2308240449315926', 'EJ43566635', '935486788804', '\x2503c021efa8c6e3bcde5d688d3fe6a1413a49fcce5ba0fd');
INSERT INTO public.decoys VALUES (45, 20230911188143, 4718138434487, 354728343158018, 1710227106362, '9f9d0487fda668c346cb465c4ff952fa', '1e549c2c73d42ab71e02d3671afe4b38acb3822a09def7b052b2493ee39735a2', 22.182866, 121.828208, '36bc7abc-33bd-4f73-bc65-fd77686092df', '2502260434147631', 'FD24501133', '925931094569', '\xa6cfb8087568434e2f31a08669396ce92592462a79cead41');
INSERT INTO public.decoys VALUES (46, 20250711525444, 4710150468617, 354227892830309, 1732267494211, '89c6d6f15b5e576488853dda58fc789f', '61da7210dab59a77674c5638c7dbd7a99bc8c8e71ec5df910538379eddd89a1d', 23.491314, 121.308550, 'e27faa7b-e89c-4314-b48d-61471b880d26', '2303011918313346', 'GA52432951', '924016148628', '\x1590d358462d03b4988064b81bf299ba4b5fa8553f44b52f');
INSERT INTO public.decoys VALUES (47, 20231228418688, 4718057495262, 353270819202815, 1743733929338, 'b8f98501a539bd6fabf536a0b4e6eeb3', 'aba5242e352a57fbe1156cdc66450a9a40079a3b62c242f38eea511a076cdb5d', 22.915439, 121.206084, '6cdee8d5-654f-426a-bc53-716c59261d89', '2403280922497417', 'GF18877947', '994049886178', '\x9d0d5ed8256900c3af8662840f2eed1a7c493cd019f48a20');
INSERT INTO public.decoys VALUES (48, 20240724245979, 4717125073166, 351976486759356, 1715011736165, '8bfcf9375ae1571fb12887b1df11f380', '2e58492aac251425221842f82af946911db67868012f1d15cd467c5128c50431', 22.454209, 120.809537, '9a909bfc-3bc7-45ec-8457-cff03583c398', '2403221042007251', 'LB39970593', '986027322441', '\xb4304b96a0b5ad626f75339064e02b118a25bba877997ef4');
INSERT INTO public.decoys VALUES (49, 20250917105964, 4711224088755, 353974364546993, 1721403156164, '4b9a9800b4bd98b28b8660cfae7efdd9', '7737b1e97d95a637b7ee45f0acae2b26dbee7557245b5aad048b2d591eb3ab61', 23.003238, 120.484581, '202a6267-03aa-46e3-8e75-55950d891870', '2308110909299289', 'AG25531244', '989704438864', '\x52c9819947d989a93d224c812e65a007c0fefdf1a3e9c9ee');
INSERT INTO public.decoys VALUES (50, 20230812159921, 4718191482883, 357009588233650, 1742526688193, 'd41cfa0f17eadf0ec810ee8355d8b9e3', '6397d1db9525ed77b61ed354ca8c2b1917bf3e1f3a89df8dffd71ed7aa368a3c', 24.211888, 120.316600, 'fd6dafc9-ab71-4555-810a-53b11e063ed0', '2310211252330256', 'GH53305284', '973944398784', '\xa815cc1d360aae008e926a4ec6177628b1d4f9ce74a3dab7');
INSERT INTO public.decoys VALUES (51, 20241201331416, 4711533817749, 356416616967798, 1679434098709, '54da94c0a389cc87aaec156635982ae3', 'c99c242f8968219bb7f842671ca3c621f62ff0614120038e83cb2eafca1db5b8', 22.951066, 121.148382, '8855ab3d-208d-4d74-a57b-d7f96972a4c7', '2503061841036508', 'LB31532804', '959915733562', '\xc2754de95b6ab37a4a9464a650dd9da6dbcc507ad91bd361');
INSERT INTO public.decoys VALUES (52, 20230519839759, 4718512895439, 354425206625486, 1702249099600, '3fd83fd40d15f55eee4c50c65c2835a1', '7c607a3ae29d0024adaa0c78e40395d3a2cb5fa35869f7238a5bee22d6fb6359', 22.389946, 121.531168, '92092c13-ad11-47cc-bf76-3441392e934b', '2302180051221502', 'HG53821959', '939147121902', '\xb2a521ab2c14b6743fa6ffdb04fe5c29dc8e1a59e5847e62');
INSERT INTO public.decoys VALUES (53, 20231116417411, 4711761128914, 353518827545777, 1739988859903, '86f7c095b630c636e7cd636c5d10e93b', '3d4a1665b76db77ecbcca62d7a7a079821fa2da0adc35c927ba83a2261633797', 25.028613, 121.089619, '087e1bdf-caa6-479c-962a-130c6c694462', '2507161652430680', 'FD74187510', '941586490577', '\x202d1209aed35bc20e6e37fe9eff65bb7b0c2261d537c411');
INSERT INTO public.decoys VALUES (54, 20231210177434, 4718111267781, 357647490745103, 1766485560778, 'f9047ae52e429b001a1b3b6692fa6d0f', '997250ec9cf8b48beb3915606e310fdb4b6515b602f5d15cd4d0ca9b0eff1c8a', 23.631794, 120.233622, '3cb5f057-0452-4ae6-9dcf-46e881908265', '2310201527472989', 'DM06031241', '950360556415', '\xb1b911a368f06fe3f40ca4d7c63f302c7595847e83ab7f96');
INSERT INTO public.decoys VALUES (55, 20230612672640, 4718233127093, 351968825312880, 1742437129498, '1baabd3271ddfc8a6ce25ae83c6abcec', '60ae017744bb72395ac0a4ce4d1ba22c1da510139e0bc893d8e95030a3c8762c', 22.066497, 121.064521, '30d6f21b-c99f-49e6-98bd-400b833e7e38', '2502081252029254', 'EK50013958', '963467626486', '\x5ff31e0a1d272b92f5cbfda39ffb2636d342b12ca0659c27');
INSERT INTO public.decoys VALUES (56, 20230418352648, 4712007333031, 354125483019433, 1731875866728, '358ca756a2ed7c68ad4a1d553851e296', '0102e492301ae70ae9a34d5e5e31130b697c34376d85578faa542f4aff96c847', 24.909276, 121.073180, 'beb23d48-ca04-4d93-9ffd-501bf685cac6', '2506131417528149', 'JE95338202', '919818218247', '\x2f57f5bacccc4c9a4f769a02ba6c825f3f4e522ebc65c59c');
INSERT INTO public.decoys VALUES (57, 20250126065626, 4716714196866, 359812853936693, 1687069753357, 'c6d333c5d0fbb545d698f79dda6d23c5', '6558fe098152b6c9d73d1ef988740f917fb1177187ec9dba7a7303193f91880f', 23.292847, 121.563155, '823b67ea-b7bc-4b2e-84c2-f4d53a6eb725', '2406150427491940', 'MC78447344', '929546884614', '\xdd2a68be8a1157718223aa3d03e36f094d7281d5fe26fdc7');
INSERT INTO public.decoys VALUES (58, 20250103913996, 4717936329520, 354690752225300, 1734082704050, '18b9bdf2b887f3adaba4def48325cd0d', 'ea47100c432563a2b4d08cfed21d4075f01202d41353a0829b5614628a8819c9', 23.558256, 121.605976, '7bc9617b-c0a5-4e05-8956-c6fa6a5390ac', '2512100526438414', 'NG55193782', '988792611346', '\x14450dc11746eec73964bff586a43b93d24961a82e21545a');
INSERT INTO public.decoys VALUES (59, 20250121138901, 4717264687675, 355668190960372, 1750344905443, '68c5682e31c64b25f19dec3fe65be7a7', '3ecf1e40eed14fe8ded7ac5407df36be0660faf247b00d4d7b081fc2de62df5c', 22.662041, 120.374405, '3cda3cd1-d52f-41d9-b75b-bb1a1cd9dc96', '2510250408087661', 'NB77763994', '940227888391', '\x491c8f0b8a8e125b8db11dab06089f50701df6b52899a482');
INSERT INTO public.decoys VALUES (60, 20230410402500, 4712225981137, 352640794090164, 1688490742260, 'b88494d9c318dd748ce2b45d558f0e7d', '2993288c9e181c5d77aec4d146c01b9f1726127211fcd383bc584433141ac2f6', 24.800525, 120.932805, '09839cf8-453c-4ad9-96e9-171cfefbbaa5', '2305130823598697', 'EG03554803', '918977181975', '\xb3669bc785ef86aa2c8a487ed0e13bd84d69a056e7d14d21');
INSERT INTO public.decoys VALUES (61, 20250227976631, 4710734952235, 354529612828723, 1744536210626, 'c41b66ae7bac585696a0854926a800c2', 'b6c1b428fa484a363dc3a0c2695bd612bd98cb8a32b9c7cf1d0d3afacbc88f84', 23.300062, 120.269581, 'f5351531-07b3-448d-a2f0-d741f6428f4b', '2401061156483153', 'BK40947264', '937043223843', '\x327433c5de33e354a6644fc80d6ec391d36a05b6a763e8e2');
INSERT INTO public.decoys VALUES (62, 20230111045459, 4719543054871, 352617036072531, 1741306474159, 'bf3422fbe3166210cb46847284cf3f45', '669d74e1d0ebab5018aea1eac8e18f686f19c9b647668b7938d68548b786826e', 24.927554, 121.797538, '21166678-ac5a-459f-b291-ae8662c20d1a', '2409182323404370', 'LA07072632', '974528701954', '\xf9f8291eb3d526056b6b5e691ecbaaa45c0d717f71f97036');
INSERT INTO public.decoys VALUES (63, 20240119552881, 4711282975936, 359279837453726, 1710093698927, 'ff84649bb786d99d0b2a2b80e15f3e52', '8cad478e5debdaae346eae373f6dac4410b8f46880728dc03c4ddc1ebe079bcc', 23.756767, 120.417733, 'b15c782d-f993-4d4e-9834-33b7b5b29a26', '2505232123374130', 'KH43260928', '903175534830', '\xa46c5e464a5eca8a1db3b944bcd56b835e654a513439a77b');
INSERT INTO public.decoys VALUES (64, 20230917296260, 4719651192229, 359524038003642, 1702960191233, 'e53e3997b8c1cc5d0066537e9656692a', 'e8f136f1d505484096723ecd2ea55de5791b067af4d4f25d66e94304663a35d9', 23.477001, 120.929408, 'e785fe10-eaa1-4854-a239-633cd791f782', '2408062320321366', 'JL13221129', '970737395714', '\x51acb00d7d132423a140cc109a7470750fcccc7f9311512b');
INSERT INTO public.decoys VALUES (65, 20241010270604, 4716088544324, 355911748570909, 1739659421166, '2d758706a0089ca015aacf79f4ddbddf', '7b7bb9548b3bece9840b45e5b77024cdd135609ec174ec95daaea979380ad05e', 24.527087, 120.515377, '0afb7039-ca14-464b-adc8-56f8c57e55c7', '2401010017168595', 'DK78481055', '968276901333', '\x2fbcc0e6a136301bca46d9b0e357b4afbbfab52c42d72924');
INSERT INTO public.decoys VALUES (66, 20241121245026, 4710466256861, 357991694760546, 1745762928378, '2a976bb36789ccd97aa3b962ea38a147', 'ec663df7508bf0099145206daa3b01828dbd0c01d873daba42e4ae6644ab8a5d', 25.162714, 121.192490, 'd0e77d4c-ca80-4f9e-a363-d0b51746e53f', '2502230856274095', 'FA32747281', '952070335321', '\x75c9ffc294ef09474110042d997f97d18a6f9a3a3c3ad0c6');
INSERT INTO public.decoys VALUES (67, 20250807117079, 4713658900610, 351775268518315, 1764618004483, 'e2727800c2a3f79fd45b5ea357fabce5', '14048c0c4dc6180b7d44fc7e809409bc4cbabc5cae33fde3dccd4fc4722ce919', 22.577332, 121.378564, '83c5fd72-5c46-47c5-9c6d-10a8ab62d76f', '2405191119078865', 'DG35757519', '954389237442', '\x2ccd3f610ee9f793fb50708b25f0c28fdab88579669314b5');
INSERT INTO public.decoys VALUES (68, 20251025671733, 4712098357763, 353797671873507, 1693954737122, '977ab26b3dad1565d2de76b6f344ffe1', '81fde7a017c5c7d1c4a911beaf9accef902d8f334a3e89dacd8c8dc6bb3a2197', 23.753600, 121.201397, '23e38f07-3372-473c-86b2-a9ddcc58876c', '2410211748274006', 'JM87622821', '942141770728', '\xd560daadf58249fd059f42562c4ae269189884c04b191ea7');
INSERT INTO public.decoys VALUES (69, 20241106150745, 4711775101187, 358312757610545, 1686693758504, '21b029d92c436bdc06c6adc5a0a796fd', '54898b5e8776e4d2ead5aba0a3fb5e74bb6ae1a7fb87b186900311e1ef3f00cd', 22.223962, 120.755315, 'ccfacdea-04b0-4344-877e-989b1ccb0918', '2502181620175164', 'KK28440247', '993488323270', '\x202a000abd8013f139d11d40479403936b14391f8c7bc2e7');
INSERT INTO public.decoys VALUES (70, 20251108039518, 4717090518358, 359328968369977, 1749328885514, 'd074a6ce5a5146e667be23f8bd628d85', 'ba72de95b884140a35ddb2036a0bc000f1da2ee13f3e7857a1ee133ab6887d8e', 22.191310, 121.396821, '62ea0168-2a60-49bb-9aeb-926907fd9f00', '2309011838452784', 'JH96134238', '901357006172', '\x40c59c2528ed08d75dd2c2bf0fa5ca1cee0e45766a205fbc');
INSERT INTO public.decoys VALUES (71, 20240828385166, 4712489375963, 354704643967176, 1681775655874, '301a6a502ae06de637115476ea954ace', 'ca1c17194a35e2fa4f48c8f5de327825a7453b787ccd6d5d41cbdbdec89bccf0', 22.999746, 121.795933, '5a305bcb-9958-4251-a352-0cecb285cdc6', '2405151709486095', 'EF85588468', '964317375544', '\x9edfafa2e5f1ad1a736611a0b8b4b0b1cfdc2b5f72ad42f7');
INSERT INTO public.decoys VALUES (72, 20251223781280, 4714455463568, 357706795866335, 1699642380969, '603d491492ec6a0b5a98365b84189b5d', '07d2ab3e751f4f1bb499c3c5fe236d9dd0ddb9a9a5ea7c8f378183ebd2b066a7', 23.636120, 121.349912, '0b540aa7-c7d0-4a25-8b5f-784a3afe84a3', '2302221506502987', 'CJ80377712', '998364476777', '\x5da818e59f0d6e73bc033392b14af4be84e4aa347609ec3e');
INSERT INTO public.decoys VALUES (73, 20250514419783, 4713534778722, 354496564026872, 1753341286406, 'bb8390c17e925fea5387bf560c0e1183', '5eff41ef2f458cbe25f551ed2e7367a1f763fb471e7c82d46e9b8d6ebd6afd85', 22.781800, 120.752807, '1d8f1d48-927c-4b63-9e73-bbcfd85005f0', '2404142016315426', 'FD05995034', '995897715259', '\x05ec87627df6fb8b186896bf707a499e6782136b866fc3cd');
INSERT INTO public.decoys VALUES (74, 20250717306660, 4716237911656, 358211834296726, 1726235201223, 'e6028a07791adf5a96dc22db27231ee0', 'cce96a9f53f04c3cda15570163fe5664bb0d62e351f7bd7a4f358a6046bb7ade', 24.466110, 120.600208, '9ec51557-f365-4d98-a3d0-bddcf12f80f6', '2402170858329445', 'JA20663202', '930774613349', '\x74a84b3e64dffcc5d19a65c08dbe98b9ebe97205dea5335c');
INSERT INTO public.decoys VALUES (75, 20230904748491, 4713349350410, 350524175151799, 1701575622241, '0d511f97525f35aafb80ae80b4aba729', '31f44fb7f7edb9f4414791ac3510d17932358cf71575d76e773cae75fabf24eb', 23.415822, 121.139746, '86e55e2b-9f4d-4d21-9fcb-733b74b6709f', '2502091534405174', 'LN21031060', '954255967618', '\xd10d6d866839e521ff000657a2ea30aaf8a34fcf037c29ce');
INSERT INTO public.decoys VALUES (76, 20240420394757, 4717348097901, 359248869502361, 1738190367802, '8934321cf4c8459eaffa6f013312140a', 'ba880d32c0a190b9463f1cb07c4e9c05b3500f9149b5ee3c4b9a4476f9709084', 23.724733, 120.545930, '258fc812-3a43-43e4-aec2-361231821a1b', '2511270511430997', 'GD40215387', '961850887195', '\x844d73dddb427411077c123116e4f5e1836ec8b419722352');
INSERT INTO public.decoys VALUES (77, 20230304175854, 4719541905359, 355890331510813, 1687993323089, 'f8938215dfba4be5dc12902e40ceb516', '5e637d39fbc3a2b79a73fe76ab2ef7f6e387eb8270693df87aeba9927bae0922', 25.118486, 121.686776, 'dbbd5d7c-55b6-411a-9543-24322fb49e9a', '2408221835070281', 'BE47985970', '980434049934', '\xf1029093db5a6d9154a3be7fa64d0f1be95a953634a9aa51');
INSERT INTO public.decoys VALUES (78, 20250221980833, 4717560969420, 352485879496278, 1676336677953, '7793e9a359c27909f9c33d64ba155448', '6a4d8cadbf00129808c937d04cb63cd81fa2df44245417f1f4c11b2095da4018', 23.527881, 120.296119, '776f2aba-cb80-49c1-b95a-aaee5682f8a3', '2402220645429760', 'CK09618015', '907870750752', '\x6546f8a70324a629aed9f9e44c92ebefa0ebeabd63fcb4d0');
INSERT INTO public.decoys VALUES (79, 20230813998637, 4713846368505, 356362878028087, 1689759652455, 'e791c3ce7e87a9e412d37a36690783bf', 'ce6bf587a44bc4493391a522320866d205ffa36c9ce5188bc022193be0757ac7', 24.171524, 121.458059, 'eb7e39ec-63dd-4575-ab7d-7096084f1cf9', '2402021909375566', 'GM52120078', '959383946437', '\x9e6a0a037d8c6896e18c7541f603348126b8ef7a82f9367b');
INSERT INTO public.decoys VALUES (80, 20230209167870, 4712767705819, 352961846229950, 1693130665428, '027f8fb658caeac2af107249b98a8c93', '0c1204c3fed26a4461fe0140fdff3188924a079013fe767102bfab10ee994bef', 23.385954, 121.009979, 'b123b56f-73dc-4ecf-9efb-05c73d7bfd07', '2308212015120612', 'GB41918706', '933732432526', '\x0c7e42f435c2ea0d786abb9329d7fab0ddccfb2fc30ce2d2');
INSERT INTO public.decoys VALUES (81, 20250102710718, 4716737251979, 352571022613867, 1723917265684, 'b915cae0de9b62173f723b315ad5b46e', '0478a8da4efa8fdb43755c9b122b4541a294d39481a3134e7ecfa964ce6df230', 23.400476, 121.365827, 'fb4279d9-cdeb-4d99-834c-94143c5942b7', '2412201924338887', 'KL15730132', '977204054683', '\x830b0aa3ead96d97d537b2932c0f8ed98347fa16d0de6a93');
INSERT INTO public.decoys VALUES (82, 20230614758643, 4718817439857, 354280280383399, 1685178592116, '6a74f6109066574caa89735a940a1a18', '5397bdfae85b7bd9ce9b902793a4bcbf6b9acc598fe1152d3fe4978689662dea', 22.510205, 120.936864, 'd257fab6-cc1a-41dc-9d34-7e32a0cabb88', '2401162130556570', 'DF11877294', '915456152479', '\x2733411b010fd6d9881224b1a5cf7b7e653470b5cb77919e');
INSERT INTO public.decoys VALUES (83, 20230325617808, 4711252049704, 355547002494178, 1712324026762, '704b4416ee818027c656f8e95b43461d', 'ae838a97fd2779e7374e1e5b1e9ab51779bff57e1fba42a607a98e726cdba708', 24.181966, 121.207297, '9b880605-dfb0-476d-a983-64a0ad4ed5cf', '2412021905210911', 'BM33934976', '922513927560', '\x81b7d29eb12b6a99233f878e8e3980ca25d4eb0708c0131b');
INSERT INTO public.decoys VALUES (84, 20240104135221, 4718249930090, 356750597342005, 1755465923363, 'a920ccf0b819d64bfe345041c674b368', 'ba22265678ad39df4a256ff53084970b4658ba7403b7112610657faedc0a38fe', 23.724650, 120.308423, '3e4c0558-5a5e-4744-b94a-f610e3fc8312', '2509122057598992', 'MJ22543836', '917454530395', '\xced57144d8465182b895cad626a4c52c6a38dd20a0ab93c9');
INSERT INTO public.decoys VALUES (85, 20240823663492, 4714488848233, 356813222551968, 1697870071168, '8cce7903ee39159d1fa990501e924f05', '8220c85c840f0208120b28f190991b9dcfa889aed6cf097f6f612abd2451a655', 24.994376, 120.120229, 'bc85bd26-89e6-4ae0-b3f9-87c4d6388514', '2402080252059031', 'MB06039634', '990173427776', '\x02cb2556bd9a33725b6dccee7447a21f27f69a55a767c07c');
INSERT INTO public.decoys VALUES (86, 20241004485961, 4717155153296, 356217813511516, 1755028324272, '65e9d0ef1a9df2e8c61ec01e27f5d82d', '57232dd419923597cdc5af0d536e8eb11581380116d60f34543758fac85acc1d', 22.685263, 120.552910, 'a54d1b33-e318-483e-861a-9bd07a69f80b', '2404200343070883', 'FG60382654', '926501955828', '\x89cb5d465d277f02cd10ed9064d13b2b37111d08fedb0d14');
INSERT INTO public.decoys VALUES (87, 20241224587628, 4717300058650, 353934348615884, 1683321729345, '6a3def1ec81ec0f76aca97d95cc1ee1c', 'db75d542c242ed2bd87259ecd6ba168adfaaee44c292d5765660a053c35f5e5c', 22.646484, 120.482315, '54abb364-e1b0-475c-9be4-f7d0379359f3', '2307180335270895', 'FC77503741', '916488390302', '\x2ae3ed86cc9b14c73cc20802fc973641edf9dc2b6b6627fe');
INSERT INTO public.decoys VALUES (88, 20250417235389, 4712906490378, 353020186744281, 1672935879777, 'b7305c3e6d45b524341b6baedcb8c2cc', 'da6ff8ada3134f734ed93ebf247d14feb66b91b9faf8b6b9fe10d46a39f9d5c6', 24.555485, 120.664279, 'b5f2c0f7-7bbf-4f27-9e1d-58b1d04e805a', '2510161017349888', 'CD21662275', '906400499753', '\xe1adf1dbdea0a115453e4d97de3189b58f18d4325509c98b');
INSERT INTO public.decoys VALUES (89, 20241216115782, 4710932541385, 354627539561102, 1696071464659, '7a4a6bb6f7def665c0da7354cbf58d36', '14584989dddfd0980b3128dd81499ec5e99d53fc76c0377cb9c6b9bf97732a1f', 24.658008, 121.682863, '4561257d-c6c1-4fd1-a22a-ef7c62fbbead', '2512081549328332', 'FH00674041', '984282582203', '\xc0c8140be92c5d031a7f98f6bd3b2a057954ed151defa123');
INSERT INTO public.decoys VALUES (90, 20250827046726, 4718513683073, 350011162184421, 1750588828206, '9f705299899597cc2c59513451f4c691', '971bdded3615e8dba57a816ece074ccf38b4dfe427baa0680bcaf847a6a24f6a', 22.435288, 120.818937, 'f4a66a56-1455-45ae-adc6-0b6febfdd2bd', '2402212054546045', 'NJ36779676', '965767890579', '\xdfd343a9958a201def7f1ed7bfa691ec6cd862d5b0982d1d');
INSERT INTO public.decoys VALUES (91, 20230209916804, 4717363294743, 359321199903300, 1722153519713, '6551de87059ba2b4dff8e4f795021020', '3552c3699feb686fb0756c0a03efae3a7a67998d06e09f1681199a013c9d11a4', 22.002263, 120.912759, 'd0145a52-9600-4736-b32f-e7d9571021e2', '2503211619344669', 'CM05896409', '999250830534', '\x96edd4b11b08a23aa7d88ee78fa82c979361c3baa8aa10d7');
INSERT INTO public.decoys VALUES (92, 20231228091554, 4719632549431, 353798110285345, 1718270706327, '24812a179b4f1fa771c2425b2d0397c9', '8f5456057c85cf04f4c60269315789797dd9bea14e7da99d45bf651dca6c79a0', 24.999848, 121.311393, 'a9a9ff70-726f-416c-93c8-4a3a6f073280', '2509111632206623', 'NB84628585', '997877934463', '\xd81e6ca198566d294cbc83c2a68058e3e356aae251cdac4e');
INSERT INTO public.decoys VALUES (93, 20230807939414, 4713921853476, 352069596431345, 1697750496306, '8eb9045945bfa1074c3d410837b956d4', '58f16b8465789f338e97f147db29f8405b5c33e3d4c7e2dac6487695ad6ff39e', 24.930950, 121.028637, '502c0bdf-b37c-4b0a-81b0-3d8e1fe08f21', '2311091823513605', 'HE19326799', '952420426165', '\x87640db17ee2978c8e8cdb123837b8dafc74021aafcbe4bc');
INSERT INTO public.decoys VALUES (94, 20250324902658, 4712058697045, 354692425803596, 1745684107973, '7e248f1dba90d1e5704dd14a6761d954', '6fa079a4050911ba4575499d94ade4483a55aa88b205e23a01b845776ac1a1c6', 22.052828, 120.773472, '949b1bd6-3820-42c9-874d-9958d9e19cf5', '2411180743158807', 'CM03522273', '977801998824', '\xd6924dc0b4eb551b8b265477de5ff588366601fab0aae5f1');
INSERT INTO public.decoys VALUES (95, 20240615015706, 4710283482689, 350993879701854, 1687910666450, '8f43dacd737c37726f99e407a969270b', 'de7e7fd023bb587cf3e04858d7ab10234311ef2a8fb0838ba346e25640bdf71b', 24.304994, 121.745171, '5e6eb796-97fc-45ea-9b32-da81adea4228', '2401170100355548', 'FM34587269', '935989809975', '\x5d6dd1652c2f9c7112779a1a53471e3fb928ee14c07c9139');
INSERT INTO public.decoys VALUES (96, 20230611214969, 4716302479876, 355574532682247, 1720718943705, '8b76d870abaa76fef8ca9559c359aa41', '72c6ca09973b723372fd013d42bebbe1904b6a71368e6e36853a3c7b7787ba96', 25.181661, 121.663955, '75cdb08d-a5d8-4631-8d4a-98bacd3b0a3e', '2411240956122047', 'FJ81590424', '962375884877', '\x7c955671d24854f5b80fb0fade6723bdc8a051a74ff0c33f');
INSERT INTO public.decoys VALUES (97, 20240528716057, 4714738505671, 357357782293966, 1706774455984, '75e0afe6b3647d005d766b18bf69f177', '8c0b38117dde4b2a34089ffa5c7c8967f1330564990612e24e32c16014341e38', 22.703243, 120.589757, '17fdb77f-7ae5-416d-84cd-4a0b0803ad7a', '2306271647331544', 'AK57238950', '952294811397', '\xbac64b19c5054299439c129a3d5400143cc29f8290cac461');
INSERT INTO public.decoys VALUES (98, 20231119460766, 4715837486021, 357329633254505, 1755248025221, '80ac9323ba4d2230e51843edb51a3d22', '1b9e386087c63ded91a2b9fc7bdf1c4247b809eafff2c7a49b2c36dbb0b70309', 22.584607, 121.330779, '5d50dbdc-a9b5-41d5-99b6-a3091ae5804a', '2309272358116509', 'HC45225838', '971353762580', '\x8089b93dc637ff6eedacbbc7c9cab503fe380c12146cc4cf');
INSERT INTO public.decoys VALUES (99, 20240923375823, 4712362591923, 359707931701319, 1688731896658, '1508bdb15f76cd894ece211ed056a7d9', '550a13c4942adcc747105ed19af9e250df88724f1fce287b0e166a97c5b8bd52', 22.131047, 120.309086, '7b9b4fb1-0650-4391-adfd-6818f71a2d57', '2503221700065162', 'FH84755156', '953347818737', '\x53c8511ff06999532f8c2b0a50bf8a9fffbdec00f2430b0f');
INSERT INTO public.decoys VALUES (100, 20230108599948, 4715106474674, 358055823440831, 1766397286960, '4525eadde1548fbfc5daacaf7dd5a315', '5fd57ed4b4e778fb4a4bcaca46c30ac4ac67b35954183b13f578a914e1000d2f', 23.797446, 121.034529, 'ca2ad00b-caa2-4c6b-a053-08d4e40a01bc', '2404190244093352', 'CJ76044341', '982935364786', '\x9297f3c35d5a83671f5c85d3a0227d83c9989d1ac8d73e81');
INSERT INTO public.decoys VALUES (101, 20231108579193, 4713978779811, 353142478355129, 1735619892151, '19fce542b96b86ae0cc397e43a731561', '17bcd6a80f211a4bc971333db01740a558fd16c263df41c542d3eb40aa492175', 22.005022, 120.506812, '93487f6d-d169-4201-b448-0d075227b124', '2509111133190653', 'LF80025275', '991672584304', '\x0d09ecbbd9cc04ffb274dd833e314707b62a6392218719c7');
INSERT INTO public.decoys VALUES (102, 20250126411420, 4714907819844, 352798508021899, 1725663227893, 'c048a376869d75e429c406abf380abc3', '2a2e4e2b9c402177a711da1d14e0bf0a1d5d462a3c024c21fa40254cfc2827ee', 24.449394, 120.668313, 'cbcec33e-9d33-4943-a935-6fbd2d9d3d02', '2405161943131306', 'HB72348074', '911877426265', '\xf47a6078b188a01d6944be196f38aa9e53e51ed755eb7d57');
INSERT INTO public.decoys VALUES (103, 20250718893005, 4713100511760, 352135562108785, 1704310364091, 'cf8bd0f93777c260a7af0d11c698b43e', '866dda6aac90339a4ca106043dd54379f6ac8ab291c590e16ec4561210b9d110', 23.346972, 121.268930, 'c40e6d04-b038-4dbc-b945-794fc585bd34', '2301032337172226', 'DN05181228', '916831574802', '\xcee94a3dd7b80f6d7877ff2d649431e8346546e61e8ce9ae');
INSERT INTO public.decoys VALUES (104, 20240609881058, 4719751616076, 351611737087253, 1692083066079, '893f2d3fc9cfe03abe41fe07f3d45723', 'fa0bd1b87331975b841936f0752d82aacdf8cd9fcf0f8f8c6914cac793d3ce6a', 23.192444, 121.651382, 'dcdf0577-3a65-4463-a04d-3b3e5e27a4d4', '2409021615051696', 'NF84098948', '912615277450', '\x9ccfc25c74cf144164f9c455c087e3f77b18d8f3818f5e45');
INSERT INTO public.decoys VALUES (105, 20240705460465, 4713953248516, 351909084755740, 1737804856485, '56ac16568b64f4ba076017eb660572e8', '6d7e63498296d64690687fb3a3c2120a10c06a49bf6061c7fba5ad66f73d98e2', 24.480930, 121.429347, 'ad9fd2b3-3d73-43c9-848b-93e1eed039f9', '2506240333535668', 'JC36136212', '979683760725', '\x34e09b02a0f5bf25e7f05ef1bd6ed28d81660e5efd485098');
INSERT INTO public.decoys VALUES (106, 20240907448996, 4710279675668, 350059555110479, 1734130350193, '25476a76de151b5711e93195e983e737', '4dd9da4f7d9fdc0fda3b8a540f7324c9686fe59ca3604d471e76c4600a4fe121', 23.449160, 121.642424, '6928b4cd-743f-480f-91a2-bc5b37ce58da', '2401282147343997', 'EH12745799', '970146196808', '\xb4646554cab1ac8dd7ce5b248127302c7c7151ae1e1413aa');
INSERT INTO public.decoys VALUES (107, 20240125739934, 4710136814476, 355814297783339, 1728135331678, '931cade96c2ec4462922877f6aa8acf0', 'ec87baa07662501b58d2dcee38ca782007185e5563056c53b056a499624754e6', 23.790728, 121.118045, '28852d4d-99b2-4b17-9099-bf89f1838d44', '2311230331226407', 'NM03190352', '953094080336', '\xa10ee929711bbad3102f5f782f47e1e04b5cacc5f2d2340c');
INSERT INTO public.decoys VALUES (108, 20231109354078, 4712080788469, 359650218870847, 1760660005639, 'e91ef1ee004e868d557db0bc5f51ea6a', 'cdbe3808cf08b848a32200fbe6ec817bbe04b0573d502569552b97e597b4aca3', 24.054512, 120.954630, 'bcee7434-61b9-495a-b86d-e6e2bebbf387', '2501280229272266', 'BK28534328', '966445772472', '\x3c7f2b03d25c99efad53f33a9aa350c4dc08a05a1755999b');
INSERT INTO public.decoys VALUES (109, 20251227296494, 4711358651788, 352772704143187, 1764864152045, 'd1218df077b7a670b641972deeb88ce6', '8249d95869f731a1c7b5feb6f34a6db1e87bbc177a877b1f442c31e1919cd5ac', 24.165068, 120.551262, 'f3e7fd51-106d-48bc-a8d0-190f6c411ce8', '2503090635240459', 'AD29674099', '933475042830', '\x62a50796971d0d8bf1a996365341ca1181d9ecc5b2942ca4');
INSERT INTO public.decoys VALUES (110, 20241024808411, 4712790704650, 352137522946627, 1756884159551, 'c96018fc63c4a4359f6c4aec3314833c', '4d3e6c4093302a71159e47f785f2e0cd05d07055bad11b21c9425779ebeb8d04', 23.448996, 121.462552, 'e990a3ef-2dfc-4110-be33-67381c529847', '2311200354359042', 'EG31322614', '922399636919', '\x39df6605b4c30058d8be99c392af51a7c746c4e0efd833fb');
INSERT INTO public.decoys VALUES (111, 20241021622981, 4717275232130, 352638559538369, 1764014857510, 'b0ef3b7328af3e73ec9e13e944f9fa51', '18dc957d083cfc2d43d2d10e70f0463af5db4da60aa363306b039219bcc31985', 25.050046, 120.954206, '070215dd-f67f-4803-8eaa-734eb879a8cb', '2507102214171795', 'EG53874242', '983248387019', '\xbb67b075ad2f26c9b21611763ab9b98d903e4ed5a2b0e2aa');
INSERT INTO public.decoys VALUES (112, 20250222082847, 4712835698739, 352337271311938, 1699066779570, '52e0f64be6964c442ee55868da30910a', '0adc47e9f947ba1af7bf60b961ebc2a37f73c62186995b434bb42ff1d74e3458', 23.054070, 120.286566, 'b40488a1-4049-4023-bbcf-43177c603045', '2403162232413312', 'HL59542398', '960013350401', '\x3579d1e964a6bbdd104597016aa5ce683a7eb46696349d38');
INSERT INTO public.decoys VALUES (113, 20240624591244, 4717085691462, 354385992157435, 1750138317384, '3de9057431c65982a8b40c829890a4f5', '13a45671da62a3982bcd57fddd0b49e5d444cf11d355b5d6ad8304b7b74c5ef5', 24.823259, 120.995758, '1a41908b-0b9a-4bd2-b1b2-23a7d4deb709', '2505150559427708', 'FL03210137', '964103442956', '\x62a1946c4052b2df85c2517665ac7a7eb05de28702c59810');
INSERT INTO public.decoys VALUES (114, 20250220206838, 4718777276882, 358354127084282, 1738331382625, 'bde6d5cb64b4c2aedf9684fa0f203f5c', 'dc283369d87820f673dbb2388865342e609d3747afc206ad435c1a1247ea59a0', 24.814928, 121.008026, '27b76b08-6018-4868-9b3c-a4d4cb1df93b', '2403011215336885', 'CD10302320', '994064274223', '\x7f147e5f4e253fa05d0bdb5b38ac49a6b99ff99acdcda6b0');
INSERT INTO public.decoys VALUES (115, 20230312024700, 4716433931205, 352799960258789, 1702375131202, 'c2aaba5d25139fb3ac0f9e6242537c9e', '0ce0f2508e491603e0a878e17cd7bb327e27f45a1cc0f589cb6ad28bb1913bbb', 22.067994, 121.508706, '03d3cf73-e08e-418d-a389-d3263a20988f', '2309091610319789', 'JD71992373', '961075002328', '\xd6427dbc171b40f5261ab582dd7a9403e9a0c4d91db38d52');
INSERT INTO public.decoys VALUES (116, 20240409455931, 4718081609758, 358165407724078, 1685764659131, '56990918e74f713850ea233747e9fc5a', 'fbe9afc75969508e87781a8681a2a4f00387d3616b2b8ddfcf7008db40581634', 23.626476, 120.355475, '4e7155d0-eb5a-4e34-80de-829757cfc24e', '2404011717301640', 'AN49561323', '931904847523', '\xc98afb45379df3e4e0345365406ed53b4b7dcc9d4b4a8274');
INSERT INTO public.decoys VALUES (117, 20241106724526, 4713615861664, 357798665543375, 1731083287883, '8a1ad98ea5b14883b04de9d37cf9a44c', '6d464f6a23907e9388b92b002192bbdb1b90556adbb0c4fa0a4ae67961c803c7', 23.799493, 120.711905, '1a29a942-cd2d-4c50-b5bb-43aee8715e46', '2509181721443535', 'DN13698273', '967091385066', '\x9ee4a5133168b2df96424c4eb0b6a51b661b3acbf25fc624');
INSERT INTO public.decoys VALUES (118, 20230926340953, 4711231012323, 351717999204781, 1713527376045, '7d91f7dcc878fe282da7efcd886b7137', 'bd2b4779ab762331991045dce61f0c5920daeeb23b6f125374896ce8bdb225bf', 22.421950, 120.642873, 'f4d5a75c-ff7f-47dc-831d-9350a8822451', '2311141315089018', 'LJ72497290', '914101305318', '\x0e198bd5275042fb2d9d5cfa777ea2f10df9ab118331319e');
INSERT INTO public.decoys VALUES (119, 20240927659861, 4717704123718, 354951208861159, 1735195255224, 'fe13cc4e9ba9ea2ef05656d28b1aeb3a', 'c06ca4f09b624b82cea0257a54404621408f3955853c48ce4838741ccfc42863', 22.814819, 121.463062, '80f3ddf4-7c2f-4a36-aa94-0899b6dd362e', '2304041450310813', 'MH07407549', '972289994767', '\x2595a1e0196992841f591b0317c486ebf0cc900343cf1463');
INSERT INTO public.decoys VALUES (120, 20230306628714, 4717135995007, 352684856398750, 1761980255418, '9ad226929b7f5b3820973dc2da9169e0', '304fd3599131230f6b277a0e5298e721fc3527749b9d94b56dbf1c6a61daed7a', 22.330204, 121.834838, '90baa019-0fcc-4660-bb1b-7d8967b161da', '2303080816539653', 'HN52100112', '996327396633', '\x73ab8300c392dce73987b3ca3bdf8a6a3beea1fe3f60daac');
INSERT INTO public.decoys VALUES (121, 20251219859063, 4717046696413, 353687159276796, 1681819387841, 'add84beeacddfced9b7949406c52617d', '1fb8064bfecb2fc34885e0e2db8d96ceec98a8c88fd6cd96e8fc4d23e74bda06', 24.047501, 120.376437, '9c2c7764-b397-4b12-9bf7-4e7d06b1bea5', '2509060737486614', 'KA80823835', '969431012387', '\x8adc43b4497535bd22ff4cd8407b2289b0214c672795ff2e');
INSERT INTO public.decoys VALUES (122, 20230618443671, 4712539584567, 354382281979934, 1718061569504, '1f082a0b5684d518a413b7ad5f6465da', '11a00c6fca5ccf204d6072ed257fee06c472643204239ad2a5fc3175de8004bc', 24.053958, 120.775160, '99f69c5f-b40f-400a-84c6-4b73b1d29a1b', '2501122020472857', 'DE46097933', '963264702457', '\x922834557fd33c13f0f0aa9dac157042a6d659ce1d42efa4');
INSERT INTO public.decoys VALUES (123, 20231108582368, 4718443104228, 353063229027694, 1700149747889, 'eb4439def82ed391394280cacb7d8267', '615a7f11969a71bc66577668208c613cb09e4094d8159c6f190f1e986a038fc0', 24.530282, 120.217475, '618e8f41-04ef-4409-80f2-0a74755ac9f1', '2504251032069910', 'EB20478974', '977366050655', '\x556961df94fddcaa8c51636c144f47ee88b918a22d4c6b29');
INSERT INTO public.decoys VALUES (124, 20230128862389, 4715092792806, 356504103529054, 1754922427663, '3ab3e3958449cd4359979d634e2448b9', 'f60c76a52df782a3586ff17c4f705740365dddfacb24b6fa6318085c88903cdf', 22.915051, 121.138757, 'f380724f-ecc2-437f-880d-5aac17eab462', '2508191120027618', 'LF23259175', '937374454347', '\xfe921e5a7ef1e27a30592981cb7ad1c3fbb6c0649a1f03c6');
INSERT INTO public.decoys VALUES (125, 20240812793281, 4718057196381, 350398251125005, 1729662721421, 'b1a6f3aa2ffac6ad8c658471174f1ea3', 'a18f0f4b94d5d3ae8ce3cea92a8fe629d9d6dce7a1a24c974e0ca3c76d8606ce', 22.216232, 121.240515, 'ee2fd5e0-c8e2-4250-8bd7-b37eb1b65211', '2304020403281768', 'FE03706938', '948923569729', '\x513d563ed9ae045ce1f0e834b904eb94545fedd36c729561');
INSERT INTO public.decoys VALUES (126, 20240319496139, 4714763153335, 350079842270340, 1735694021028, 'd2d86ea6f2133aac2acd43eec991d7bb', 'b4bd250d09ca9e6c360d0555ba800c46281e4be1aee7927e1b19df7c21fb4a94', 22.854057, 121.219037, '5127fed4-21d8-47e1-9175-ac5355f0da8d', '2509120255413994', 'CB01856295', '940930289755', '\x2add8ba0490066b0c55308cd76111050f8a539e073139a6d');
INSERT INTO public.decoys VALUES (127, 20250223627085, 4714387579023, 352512683537912, 1735940142963, '94627b46e6832e1c78fb0830a10dda66', '23d794c8769297620bd2e7ff31e6f1ec81d92d74a0c3edef8a7721bca9a63ea1', 23.285698, 121.722986, 'ddb7a797-5f3d-473f-883b-3d281d348fd7', '2509160751051882', 'CL30891763', '961904340617', '\x42f8429798f5dd793b0057c4503d8095065a35e34683fa2a');
INSERT INTO public.decoys VALUES (128, 20251207356682, 4710385351630, 357265960918850, 1734923013337, 'a86acc05e1591b4daef8333296c5bac8', '73a5588698dbf9e2f4a6d2b511e916dc614f6812519cfb2cd5c5fbf8a5e3ea0c', 23.408210, 121.395290, '197b9b72-6913-4b52-b37c-a4c645371d4a', '2411041536489079', 'JA05446515', '970133638623', '\x30986ba5832bb9184568386c899692bbd08200655080a84a');
INSERT INTO public.decoys VALUES (129, 20231110056909, 4712027090174, 358166678825594, 1687698529361, '57322ccfc6058678f85d3d5a26577d1e', '9764b22828b85b09178ca74413beb9bd34aa551c091aa1906a8fd354afea94d0', 23.732916, 120.889288, '4bc98f08-7f5f-46d7-90f2-c38ccdd394dc', '2404150940585097', 'KN34260098', '990047439129', '\xbd10805be2dcb248b7b6f75cf0256ba9201228967da2c2d0');
INSERT INTO public.decoys VALUES (130, 20251113612638, 4715286193709, 355759420007264, 1704789572020, '889cb63a25c280da4b6ed66bc79eb8de', '5b383f59e4ea1e34c9f3a33ff1f09a4050f38f3cfce4a006ffb88956aeec8b0f', 22.519350, 120.259586, '0585f95f-6fc2-4c39-b5c0-2fe7c0af7c8a', '2407202241147516', 'BD07467977', '927638666422', '\x16b5d3ac9866068d859b4b6fde7158e0f1a9b55263ed95d9');
INSERT INTO public.decoys VALUES (131, 20250322548604, 4710099230269, 358537114720856, 1762712104260, 'fcf53937b0b4f7a3d5bbcec79d975e22', '4d25caaac6a7bf6e09975c812a926b14b70d4d9182492e129e566d8c6e47e185', 24.334421, 121.636194, '666f433e-f0e4-4be0-9e42-877cf1aff1ba', '2409130514075700', 'GD22202419', '998981654726', '\xe2b005783c60d725061aecd0670b4784968da967566d68bb');
INSERT INTO public.decoys VALUES (132, 20231127960568, 4710815635972, 356514887850881, 1721194401389, '528ff31e5ed026027e0309a3dfda93cc', 'f82e62b679ef49cda6bcfdc16fe323a76ffbbe6dc1db34a6b9fff152f123bbcc', 24.410598, 121.743913, '53d72e0f-725d-45ce-8870-9c321979bbc3', '2402111611132873', 'MG76100410', '973205306152', '\x6b0807752a768c2630370ad49eb4c3271c097e8682dfa54b');
INSERT INTO public.decoys VALUES (133, 20231012685834, 4715780100852, 359215940707855, 1685402083216, 'c3a5e839c95bb42427559b3b9b6c9f1b', '0a8f4b2da7a8f2600e74a89a4026170b0e0980899692e42e81cc9be4ae93fc4a', 22.603367, 120.990092, '56a602fd-866d-416f-ae7d-9497dc211c85', '2302282300514704', 'JL13160566', '944717754162', '\x9dfb52c9f1d1bb2655a30e74a32b07601b4b89b26751663f');
INSERT INTO public.decoys VALUES (134, 20231112867767, 4718309177892, 353689417442608, 1735966316659, '68c5ed1a9a644e26c9115380f8e97468', 'ea75d1b4eab137a6f274aa40822991ace7b329f6e749ef90c99b6394dbd49d23', 23.636692, 120.324207, 'dcbe2775-d465-4090-9ac8-e99851163c3d', '2305211937537222', 'BL31019176', '948393746347', '\x84d4ef47a66c2d62b40a596cd3ed4278411064c2558def25');
INSERT INTO public.decoys VALUES (135, 20250626600202, 4711637651089, 350071053442734, 1752224785503, 'fe547adca2cff1d9b3682b13df91507e', 'e2c2d2586cb53369ba9eaecd034d5d2ce1044d34d4bcc8585a25965c2de733e2', 24.940797, 121.430861, '7f8e39d1-b106-4e5c-ad23-d6314580cc8f', '2307151836300033', 'NB26066498', '972486531818', '\x01051195e972d0ea6e90342b9c15da77aca27c37d02ac39a');
INSERT INTO public.decoys VALUES (136, 20230818143188, 4714950039459, 350979908565113, 1736537151818, '71c119659e6a99ce3bff2e738b1b7f38', 'be7323ae5f9809a35ff634c5cd6cd694c15b7252b3f9ea5205ee693198d67447', 22.122343, 120.484721, '25636f73-5a60-4e5e-b01d-362113ac6fd7', '2511270019388042', 'LE26267733', '975528646524', '\x9641beffc4c9598a78d0e9d0e2b3883036a74d2e53206490');
INSERT INTO public.decoys VALUES (137, 20230601203138, 4711840508033, 355183409817199, 1746329690911, '2f1f70635696901d3712b15fb62d2955', '7f3029580b6654477016e7a33a7252221777a2a157c3ef122e91bd8003a553a4', 22.032656, 121.235565, '7e0ce8d4-9596-47c9-a020-ac2749208826', '2301270647227524', 'ND90674087', '929778731612', '\x525da37fd0e819c4198a78328c5f4bcad1fffdaf75a21ae2');
INSERT INTO public.decoys VALUES (138, 20250103287868, 4712729409984, 354691877990794, 1720026282106, 'cbe67ce6fb952b320386cf899d9783b9', '80c25607918bd4af49855795b951bf7e319833ef459d0e35479e41d3f0f94cf5', 22.597753, 121.706412, '60b1a0ca-4568-406d-a9fe-754efc942341', '2511100115523841', 'NB09626675', '974371664335', '\x45c348703a664a9f129dcbc25cd0ee0a2b7f20167e4b5b87');
INSERT INTO public.decoys VALUES (139, 20250717814427, 4711535874580, 351128439708227, 1679017593158, 'b82bfc2677ae13d2d158890c2ed801e8', '0c1cedf76283476f09e45dfa4bd07678c4b87d3bad6d4f696e85832e863f2a74', 23.445307, 121.756854, 'ff8e5500-8be2-47e7-9dd4-dbd4905c19d0', '2311100504531291', 'HH23050672', '915377203744', '\xc2e521d382cfc10ba794e058bf7f1b104e55280409ecba98');
INSERT INTO public.decoys VALUES (140, 20241205806130, 4713389770766, 358314336921872, 1723487715218, '0dba56a4cbed2ad68192cfe1db9442f5', 'd8ef1b09d7dd6c2ad68156a72d7b91a078808befe6afe592ca4814fed07d8f5c', 22.647054, 120.773449, 'eefc1eae-0a68-4fbc-a967-bfa56bac5289', '2410140229192037', 'GE45419590', '962958382577', '\x5eb4d6504611850c74c7ebce38569eff8e242eb8dd3e10a3');
INSERT INTO public.decoys VALUES (141, 20230526891417, 4718134292111, 359986483538143, 1707569477984, 'b84ee7c581c9b463321ba100438b8da4', '4f1462ebfb17345998a6126a5148f24a32011be4f50e5f4935ad8d3a593caeb4', 22.985702, 121.074858, '592799a0-2ab2-4f11-adc6-ac2b0c89372b', '2411161006460158', 'GM92050334', '916267048975', '\x914328be877d1df792c21e69cab730fa0538b3cf16c29f0b');
INSERT INTO public.decoys VALUES (142, 20250616466304, 4718311642951, 352091844902612, 1727300085254, '654d407cebf6005cc48a0ddc4dfd9af2', 'baed37bc3146c390efe358c857f8b37b7226df0baca783b245db5df8543b8176', 22.651830, 120.241639, 'cf67ab4f-5847-433e-878a-6d96aa6f9c72', '2509060052004014', 'KE56231690', '965555483423', '\x6fd6efa37a617cd79d4dffe5fa44b5ce58e628ad6c99ad47');
INSERT INTO public.decoys VALUES (143, 20231221783000, 4718346693478, 353625138633257, 1674489946035, 'fa107650a0d5a93570845c51418b7df7', '6f92856e683310b62673684b0080c6daceab7089e9b875699b4ec140ff3aa477', 24.231997, 121.618721, '10d8d1a0-8698-4c7a-9e8a-906eb67dd625', '2404070059172070', 'LM89986249', '978809814894', '\x8e64080d10974bc07e6d61bdd9195342e0aa4a8c061db7fb');
INSERT INTO public.decoys VALUES (144, 20231212173260, 4717475505850, 350090350477516, 1737499156588, '3ae156c9e520d409559c3fb676ad5fe0', 'ef5b95f7e051b60e80b4f971656130745577594bd62399f525ee9acaebff9916', 24.812085, 120.720848, '15d8aec2-4337-40a4-9320-8f8e681f9971', '2308161647093022', 'GA57623662', '949780960827', '\x3da3f8417f400c500967e39574c8393f1fbfe7ed835491f7');
INSERT INTO public.decoys VALUES (145, 20250626377371, 4719213184211, 359725423801827, 1733931079651, '29f1783067afd114cde3b7cd48d46c04', 'dd73be41ccf6a438939552f07b920a1d3fb4a0b5fe9eb5ccd3ee8b78305b462f', 22.777501, 120.218689, '0373c938-9831-414f-80e5-8892e2fb50ee', '2507251934504656', 'EH06631135', '948847624105', '\x7ce50caa09e9b4d9965a8d9f9480c8731dba536f491edf31');
INSERT INTO public.decoys VALUES (146, 20240519657855, 4714989040815, 359184424044666, 1705777946646, 'ff4df3002773c852a563ca88537ef511', 'de18a8982b2deb261bb28c691e11d22d1e8fbf9456c255027eaa68e06c809306', 24.851746, 120.461685, '364a68ce-de22-42b5-9675-bb621345b180', '2402110026187428', 'FN57097393', '904071485244', '\x7599b578017784da3796d19591cef35de487d86e808730c9');
INSERT INTO public.decoys VALUES (147, 20240402604944, 4710924104307, 354957581384966, 1675369710399, '6bd10cee66e58edc0fb15dfd8a88ac7f', '2d330e8f09fde8db25885113075062bd87c3f93f68e7124a1ce5ed982fd8d94f', 23.383240, 120.706338, '5a474787-aa2c-4384-a6d4-ca5e78a7065f', '2406040057151284', 'BF11920744', '940888030454', '\xe10fb037a0ad6b4916752a66533d2e1b7763c4fbabff2b2a');
INSERT INTO public.decoys VALUES (148, 20250717386153, 4716990694926, 356988246998864, 1702591479364, '4db2b62b8910d0f23de48f415ccab1b8', '983f9d8edd54a0559b6423f4741e50f977f8bfaec28bce8e72edc33dd8490ec9', 24.494230, 121.503916, 'e0972a21-39f1-4de7-a9cb-2c4e1639d428', '2507281829393125', 'JK93156068', '910309178031', '\xa1201670ab40a09af68e0fea5d849bd042f7a586d135c697');
INSERT INTO public.decoys VALUES (149, 20230712499554, 4719363733208, 356235553497084, 1762048495667, '5651b17f40d77ac5dbf0c9dc97555155', '6c51cf28730154d87f7d2468d2d5d7a6872731329b6734cd0f728a299e833a1b', 22.633762, 120.906184, 'f18b9721-6cc9-439e-b124-a090a7c776ed', '2502130925263451', 'FF89029356', '915600332297', '\x9ad316b82bfed336a4dd2dc81457ea363f83ca0a0df390aa');
INSERT INTO public.decoys VALUES (150, 20250327641911, 4717167569986, 354053380029976, 1752807030849, '42f1183a573f2a4baa9532433b8316ac', 'de3e72b3c7f525a4538e2b11b5eca96ec7faa5b9a90d7ffd17cca0a9a5162bab', 22.624366, 121.772175, '2a37c8b5-fabe-4bb5-a163-b487f4132a6b', '2307230501063458', 'AG28448571', '996571008358', '\x57dc392cc07d5a438a868c8ba392e89a1023aa292a9d40f4');


--
-- Data for Name: payments; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.payments VALUES (70001, '20231102456337', '4118-2206-4587-2545', '330', '03/29', 15259, '2024-04-20 17:20:03');
INSERT INTO public.payments VALUES (70002, '20250817609026', '5318620613737973', '122', '12/29', 16282, '2025-05-05 18:36:44');
INSERT INTO public.payments VALUES (70003, '20250914920080', '5487256535261555', '202', '01/31', 23958, '2025-04-01 16:36:43');
INSERT INTO public.payments VALUES (70004, '20230824766436', '5425973666779586', '658', '06/26', 48360, '2023-05-07 06:40:03');
INSERT INTO public.payments VALUES (70005, '20241018813768', '************3697', '770', '05/26', 4368, '2024-10-24 18:48:58');
INSERT INTO public.payments VALUES (70006, '20250224056927', '****-****-****-1997', '***', '03/30', 4940, '2024-03-18 09:04:25');
INSERT INTO public.payments VALUES (70007, '20241010305652', '356215******7109', NULL, '11/30', 34671, '2025-06-23 15:52:33');
INSERT INTO public.payments VALUES (70008, '20250712260979', '4806598965642979', '786', '07/26', 8139, '2025-08-15 02:01:17');
INSERT INTO public.payments VALUES (70009, '20231023699783', '374175844856763', '501', '02/30', 11699, '2023-08-19 00:15:31');
INSERT INTO public.payments VALUES (70010, '20250711750931', '4380-1317-5249-5148', '757', '10/31', 18930, '2023-11-28 15:00:07');
INSERT INTO public.payments VALUES (70011, '20240820275659', '536263******6307', '***', '10/28', 12288, '2025-12-26 01:19:12');
INSERT INTO public.payments VALUES (70012, '20240207146892', '************9194', NULL, '07/26', 46210, '2023-01-09 15:04:01');
INSERT INTO public.payments VALUES (70013, '20240512779522', '3562004013002221', '806', '12/28', 35561, '2023-10-07 01:49:46');
INSERT INTO public.payments VALUES (70014, '20240528922892', '************6166', '***', '12/27', 45110, '2024-12-05 14:38:38');
INSERT INTO public.payments VALUES (70015, '20250701746791', '428192******5891', '762', '03/29', 1711, '2024-03-04 18:25:05');
INSERT INTO public.payments VALUES (70016, '20231213769725', '************0741', '461', '02/26', 33840, '2025-09-05 14:56:00');
INSERT INTO public.payments VALUES (70017, '20231227434829', '************3774', NULL, '12/30', 17790, '2025-11-24 14:00:07');
INSERT INTO public.payments VALUES (70018, '20250128589027', NULL, '***', '01/27', 12734, '2024-05-14 20:28:38');
INSERT INTO public.payments VALUES (70019, '20250102886283', '************7177', '913', '01/30', 17504, '2025-12-22 04:47:39');
INSERT INTO public.payments VALUES (70020, '20251212335065', '545204******0436', '988', '03/27', 39744, '2023-05-15 06:38:05');
INSERT INTO public.payments VALUES (70021, '20251220432299', '***********6499', NULL, '11/30', 5760, '2023-03-09 12:19:14');
INSERT INTO public.payments VALUES (70022, '20250517031013', '3562795539270461', '708', '12/29', 26157, '2025-12-19 05:28:14');
INSERT INTO public.payments VALUES (70023, '20230110945384', '4288766525585064', '380', '01/29', 10241, '2024-07-02 04:24:29');
INSERT INTO public.payments VALUES (70024, '20250502445528', '3562582925824329', '***', '12/30', 23019, '2025-11-15 08:28:17');
INSERT INTO public.payments VALUES (70025, '20251206379300', '4406098944832928', NULL, '12/31', 29911, '2025-06-20 20:46:14');
INSERT INTO public.payments VALUES (70026, '20231201861015', '****-****-****-7723', '369', '01/27', 38721, '2023-10-06 21:01:44');
INSERT INTO public.payments VALUES (70027, '20250512651335', '4370258051074852', NULL, '09/28', 23192, '2023-07-02 08:45:04');
INSERT INTO public.payments VALUES (70028, '20230717239429', '***********9838', '827', '07/27', 6032, '2024-12-17 06:02:11');
INSERT INTO public.payments VALUES (70029, '20250616775042', '542310******5375', '271', '02/30', 10403, '2024-07-28 04:17:33');
INSERT INTO public.payments VALUES (70030, '20240925450347', '5372095673508015', '***', '01/31', 37521, '2023-10-26 23:51:35');
INSERT INTO public.payments VALUES (70031, '20240927887202', '538351******1375', '816', '05/28', 7126, '2024-06-04 13:11:44');
INSERT INTO public.payments VALUES (70032, '20230628734561', '4105071566585268', '448', '12/30', 22357, '2025-03-18 02:02:25');
INSERT INTO public.payments VALUES (70033, '20230103318867', '375235*****6603', NULL, '12/31', 1949, '2024-03-26 07:47:56');
INSERT INTO public.payments VALUES (70034, '20230224944260', '541006******9126', '633', '11/26', 43895, '2024-08-02 22:31:39');
INSERT INTO public.payments VALUES (70035, '20240814214346', '5433663164939168', NULL, '05/28', 39230, '2024-11-11 13:08:59');
INSERT INTO public.payments VALUES (70036, '20251118499061', '4623-7423-1444-7679', NULL, '06/31', 28614, '2023-05-20 22:55:35');
INSERT INTO public.payments VALUES (70037, '20230422204840', '4485098201293818', '044', '07/26', 3115, '2023-03-06 18:53:50');
INSERT INTO public.payments VALUES (70038, '20230207040279', '5418285165882301', '873', '09/31', 44079, '2024-10-08 11:01:30');
INSERT INTO public.payments VALUES (70039, '20240325523153', '4333429278266128', '798', '11/26', 18725, '2024-10-26 03:27:38');
INSERT INTO public.payments VALUES (70040, '20251007586446', '379228*****9706', '686', '03/31', 13825, '2024-12-08 15:46:55');
INSERT INTO public.payments VALUES (70041, '20241209363237', '5367097469064408', NULL, '06/28', 21742, '2025-02-08 02:34:29');
INSERT INTO public.payments VALUES (70042, '20250503910218', '************4995', '355', '12/29', 32456, '2024-04-06 04:03:06');
INSERT INTO public.payments VALUES (70043, '20250314972301', '5394952719295482', '718', '02/26', 26063, '2024-09-14 07:13:20');
INSERT INTO public.payments VALUES (70044, '20241109516689', '3562593427528086', '***', '06/27', 29531, '2023-02-06 14:50:08');
INSERT INTO public.payments VALUES (70045, '20251019186472', '537220******2047', NULL, '07/26', 44308, '2025-01-23 15:30:27');
INSERT INTO public.payments VALUES (70046, '20241015894766', '************7997', '071', '12/26', 22041, '2025-01-01 08:47:12');
INSERT INTO public.payments VALUES (70047, '20250425928719', '4811-91**-****-1635', '***', '02/31', 25281, '2025-02-09 14:54:52');
INSERT INTO public.payments VALUES (70048, '20231216781528', '4516-52**-****-7260', '658', '09/29', 22184, '2025-11-12 10:33:51');
INSERT INTO public.payments VALUES (70049, '20230913419106', '492279******1144', '722', '06/27', 19814, '2025-12-10 17:53:11');
INSERT INTO public.payments VALUES (70050, '20250216497103', '541606******7074', '414', '01/27', 33182, '2025-07-03 22:37:49');
INSERT INTO public.payments VALUES (70051, '20251111998094', '4477986073833051', '***', '04/26', 43211, '2025-03-17 07:48:34');
INSERT INTO public.payments VALUES (70052, '20250205664277', '4972-3300-2115-3918', NULL, '03/28', 39677, '2023-10-21 11:44:39');
INSERT INTO public.payments VALUES (70053, '20231003237849', '5332983257993241', '040', '05/31', 39197, '2023-06-09 11:06:04');
INSERT INTO public.payments VALUES (70054, '20250908372649', '4837075179749562', '870', '11/26', 42605, '2024-10-06 09:43:59');
INSERT INTO public.payments VALUES (70055, '20240817106724', '5321690450871875', '490', '11/29', 44110, '2023-05-02 02:26:46');
INSERT INTO public.payments VALUES (70056, '20231105734416', '5467005393259068', '***', '10/31', 11223, '2025-07-01 07:58:11');
INSERT INTO public.payments VALUES (70057, '20241004462943', '4382117453811012', '925', '12/29', 13108, '2025-04-04 14:49:11');
INSERT INTO public.payments VALUES (70058, '20250926157394', '************3824', '402', '01/26', 41605, '2025-08-18 00:55:34');
INSERT INTO public.payments VALUES (70059, '20230423075392', '3562251943586944', '337', '09/30', 49209, '2024-06-08 03:45:11');
INSERT INTO public.payments VALUES (70060, '20241204467008', '5435448378425727', NULL, '07/27', 24634, '2024-03-21 20:40:57');
INSERT INTO public.payments VALUES (70061, '20240302409792', '4247-3338-5562-3799', '805', '10/27', 18017, '2024-05-19 23:19:38');
INSERT INTO public.payments VALUES (70062, '20230120496990', '356218******4018', '803', '05/29', 30745, '2024-07-09 22:24:44');
INSERT INTO public.payments VALUES (70063, '20241115648408', '************7285', '***', '02/26', 4301, '2023-03-23 22:41:15');
INSERT INTO public.payments VALUES (70064, '20240406477936', '4742-5863-2603-0437', '***', '12/29', 42542, '2024-02-16 01:14:59');
INSERT INTO public.payments VALUES (70065, '20230107298228', '4768982393769404', '369', '08/31', 16369, '2023-06-09 17:04:56');
INSERT INTO public.payments VALUES (70066, '20240817464984', '5317308117279004', '***', '01/29', 14550, '2023-10-14 02:35:19');
INSERT INTO public.payments VALUES (70067, '20230904722317', '****-****-****-1688', '587', '03/28', 22997, '2025-06-16 03:26:56');
INSERT INTO public.payments VALUES (70068, '20251222802161', '410789******8152', '339', '08/26', 32249, '2024-09-17 06:25:48');
INSERT INTO public.payments VALUES (70069, '20250714997446', '4500-6087-1733-8997', '774', '08/27', 14097, '2023-12-01 22:34:52');
INSERT INTO public.payments VALUES (70070, '20230513388255', '5349949225506747', '467', '03/30', 16323, '2025-02-04 13:43:22');
INSERT INTO public.payments VALUES (70071, '20230914424538', '4364-31**-****-3164', '257', '01/26', 14618, '2025-03-04 03:23:15');
INSERT INTO public.payments VALUES (70072, '20250906591083', '403564******2624', NULL, '10/26', 42871, '2025-07-12 22:27:43');
INSERT INTO public.payments VALUES (70073, '20250312046880', '4055354491054950', '996', '02/27', 22019, '2024-10-18 15:39:54');
INSERT INTO public.payments VALUES (70074, '20240114150780', '************5366', '696', '03/27', 25948, '2023-11-02 21:02:56');
INSERT INTO public.payments VALUES (70075, '20240907351056', '4957275670396947', '***', '04/26', 48919, '2024-07-18 14:09:12');
INSERT INTO public.payments VALUES (70076, '20240813588351', '5357666365547641', '***', '11/28', 15420, '2025-05-12 16:48:37');
INSERT INTO public.payments VALUES (70077, '20250917334012', '425774******6376', '333', '02/31', 46654, '2024-01-11 05:12:47');
INSERT INTO public.payments VALUES (70078, '20250719363286', '356245******7123', NULL, '07/31', 28225, '2023-09-10 20:44:09');
INSERT INTO public.payments VALUES (70079, '20230508433722', '542061******0106', '764', '03/29', 36726, '2023-11-26 18:55:02');
INSERT INTO public.payments VALUES (70080, '20240223014607', '4123-7755-2163-4767', '831', '10/31', 4420, '2025-07-28 08:39:19');
INSERT INTO public.payments VALUES (70081, '20250707820934', '5490150349587856', '019', '04/28', 33683, '2025-09-19 18:34:21');
INSERT INTO public.payments VALUES (70082, '20230721870818', '549163******4577', '743', '05/26', 11339, '2024-10-21 17:07:08');
INSERT INTO public.payments VALUES (70083, '20251027947786', '4597928110737627', '478', '03/31', 47942, '2023-01-25 18:19:10');
INSERT INTO public.payments VALUES (70084, '20250410550903', '356295******9119', '***', '04/28', 15132, '2023-02-17 13:34:16');
INSERT INTO public.payments VALUES (70085, '20230628294502', '************5230', '692', '07/29', 12436, '2025-04-13 15:13:22');
INSERT INTO public.payments VALUES (70086, '20240108972002', '373386884551633', '***', '10/29', 29773, '2024-08-11 17:24:36');
INSERT INTO public.payments VALUES (70087, '20230815901461', '3562875847500773', '906', '01/26', 36239, '2023-05-25 09:16:14');
INSERT INTO public.payments VALUES (70088, '20230223026246', '4753648924418046', '317', '06/29', 49790, '2025-02-05 01:24:26');
INSERT INTO public.payments VALUES (70089, '20250715173027', '4739-1662-2835-9278', '161', '03/26', 31501, '2024-08-23 16:24:48');
INSERT INTO public.payments VALUES (70090, '20250509972543', '5409760435520148', '***', '06/26', 42596, '2025-08-06 21:19:54');
INSERT INTO public.payments VALUES (70091, '20230127504984', '************1066', '258', '08/26', 35923, '2025-02-08 15:54:53');
INSERT INTO public.payments VALUES (70092, '20241013036853', '378694953834227', '***', '11/31', 29305, '2025-02-19 05:13:57');
INSERT INTO public.payments VALUES (70093, '20240913585913', '4355800481883557', NULL, '05/27', 8579, '2023-07-01 06:21:23');
INSERT INTO public.payments VALUES (70094, '20230922946689', NULL, NULL, '01/28', 18612, '2024-10-02 14:30:16');
INSERT INTO public.payments VALUES (70095, '20230408484080', '539468******8034', '***', '11/30', 27079, '2023-04-03 05:02:06');
INSERT INTO public.payments VALUES (70096, '20230809809196', '5481239242010164', '405', '06/31', 40534, '2023-05-08 08:23:36');
INSERT INTO public.payments VALUES (70097, '20240827687577', '4060206560437263', '312', '08/26', 20252, '2025-02-04 19:49:11');
INSERT INTO public.payments VALUES (70098, '20230627898507', '437037******4658', '216', '07/30', 23697, '2025-10-17 09:20:54');
INSERT INTO public.payments VALUES (70099, '20240418147621', '4451968333200602', '524', '08/30', 1319, '2023-11-17 17:13:33');
INSERT INTO public.payments VALUES (70100, '20241225615306', '4624-89**-****-5996', '***', '05/28', 22855, '2025-08-08 13:08:36');
INSERT INTO public.payments VALUES (70101, '20250305298867', '4098775750357768', NULL, '11/30', 21313, '2024-02-16 14:59:32');
INSERT INTO public.payments VALUES (70102, '20240303647814', '4270860108705916', '***', '10/26', 42138, '2024-05-15 16:52:21');
INSERT INTO public.payments VALUES (70103, '20240121171278', NULL, '651', '10/27', 36093, '2025-01-27 11:21:17');
INSERT INTO public.payments VALUES (70104, '20241218299118', '4834-17**-****-6054', '254', '03/30', 25114, '2024-06-16 20:09:19');
INSERT INTO public.payments VALUES (70105, '20250804879319', '372068783520296', '***', '05/27', 3982, '2025-01-02 15:53:31');
INSERT INTO public.payments VALUES (70106, '20251204295973', '3562663668922510', '999', '09/31', 43330, '2025-04-27 12:19:36');
INSERT INTO public.payments VALUES (70107, '20241219303085', '5447795868665139', '167', '03/29', 16311, '2023-12-20 01:23:56');
INSERT INTO public.payments VALUES (70108, '20230114405591', '5447191672330930', '271', '03/29', 22713, '2023-06-22 18:01:37');
INSERT INTO public.payments VALUES (70109, '20231009515904', '4856850816075225', '991', '12/26', 31480, '2024-03-09 09:38:47');
INSERT INTO public.payments VALUES (70110, '20240711949055', '4333-5329-1396-7552', '***', '09/30', 45823, '2023-02-06 21:41:58');
INSERT INTO public.payments VALUES (70111, '20250802307634', '5421933088880655', '281', '09/26', 10974, '2023-12-19 14:24:39');
INSERT INTO public.payments VALUES (70112, '20250710164402', '5442684913308967', '784', '04/28', 3397, '2025-03-24 11:39:29');
INSERT INTO public.payments VALUES (70113, '20231215584627', '4334-60**-****-1701', '***', '07/26', 10059, '2023-01-04 10:22:09');
INSERT INTO public.payments VALUES (70114, '20240525495408', '4424-3642-7440-9598', '720', '10/28', 7019, '2024-03-12 01:07:59');
INSERT INTO public.payments VALUES (70115, '20240505182166', '****-****-****-2666', '044', '11/29', 10452, '2024-01-17 19:55:59');
INSERT INTO public.payments VALUES (70116, '20240428143250', '4681-5612-6638-2000', '094', '08/30', 3836, '2023-04-22 20:02:09');
INSERT INTO public.payments VALUES (70117, '20240328209834', '4595138041358707', '***', '02/29', 19787, '2024-04-09 17:51:51');
INSERT INTO public.payments VALUES (70118, '20231005356407', '3562760430936297', '326', '11/28', 25904, '2023-03-11 19:22:10');
INSERT INTO public.payments VALUES (70119, '20230928849572', '****-****-****-9658', '***', '11/31', 20225, '2024-09-20 04:29:18');
INSERT INTO public.payments VALUES (70120, '20230404329469', '************1291', '254', '07/26', 37471, '2025-06-26 17:46:17');
INSERT INTO public.payments VALUES (70121, '20231017852016', '5494349532669416', '099', '08/29', 36272, '2023-08-21 21:55:12');
INSERT INTO public.payments VALUES (70122, '20240224327479', '410625******7734', '938', '03/26', 472, '2024-03-06 15:49:38');
INSERT INTO public.payments VALUES (70123, '20230507413842', '3562343860225414', '276', '12/28', 17926, '2025-08-05 03:03:07');
INSERT INTO public.payments VALUES (70124, '20230808280003', '4496274470164876', '035', '07/28', 18364, '2023-09-13 07:40:06');
INSERT INTO public.payments VALUES (70125, '20230918064892', '5463897947927891', '687', '06/26', 1422, '2024-04-05 07:13:23');
INSERT INTO public.payments VALUES (70126, '20250713638931', '3562082055636650', NULL, '12/30', 21066, '2024-08-09 05:05:04');
INSERT INTO public.payments VALUES (70127, '20240810222652', '4422188977378509', NULL, '01/29', 5640, '2024-12-27 12:30:24');
INSERT INTO public.payments VALUES (70128, '20231011576319', '356253******4477', '422', '05/28', 24586, '2023-09-11 21:21:22');
INSERT INTO public.payments VALUES (70129, '20241005667995', '4713826537372854', '630', '03/27', 29784, '2023-09-02 02:12:55');
INSERT INTO public.payments VALUES (70130, '20230810689994', '5356952552347354', '***', '10/28', 23606, '2024-04-05 17:41:53');
INSERT INTO public.payments VALUES (70131, '20250113627060', '4794-1939-0027-8966', '151', '11/28', 13860, '2025-11-15 11:14:29');
INSERT INTO public.payments VALUES (70132, '20230504624699', '4778751171824758', '175', '11/31', 37690, '2023-01-09 21:08:38');
INSERT INTO public.payments VALUES (70133, '20251002510700', '423036******0697', '***', '01/27', 21102, '2023-04-02 07:58:32');
INSERT INTO public.payments VALUES (70134, '20240313060514', '371197078721250', '***', '06/29', 35087, '2024-01-17 11:28:04');
INSERT INTO public.payments VALUES (70135, '20230219690392', '4038889221361532', '047', '11/27', 31840, '2023-11-25 05:49:00');
INSERT INTO public.payments VALUES (70136, '20240115316957', '4805-9478-6318-5147', '***', '01/27', 16929, '2024-10-01 23:04:35');
INSERT INTO public.payments VALUES (70137, '20230319857916', '3562056086374648', '177', '02/29', 43409, '2025-10-15 08:12:30');
INSERT INTO public.payments VALUES (70138, '20231118265174', '5363794894725256', '101', '09/26', 21692, '2023-01-15 23:02:06');
INSERT INTO public.payments VALUES (70139, '20230305536077', '5417189754325725', '416', '02/30', 41839, '2023-12-27 10:38:49');
INSERT INTO public.payments VALUES (70140, '20250906767289', '429396******2068', '138', '10/31', 23404, '2025-03-14 17:07:28');
INSERT INTO public.payments VALUES (70141, '20250705697264', '4591864708100199', '813', '02/30', 46859, '2024-06-15 13:58:19');
INSERT INTO public.payments VALUES (70142, '20240426574090', '4044-7350-9603-0425', '***', '07/30', 41485, '2024-01-25 18:43:14');
INSERT INTO public.payments VALUES (70143, '20250322197638', '356218******5834', '704', '12/29', 43996, '2023-05-21 21:16:21');
INSERT INTO public.payments VALUES (70144, '20241123605334', '4946387678610650', '352', '03/27', 37612, '2025-05-21 05:20:14');
INSERT INTO public.payments VALUES (70145, '20250311109367', '401745******8418', '413', '06/29', 26314, '2024-09-12 14:18:33');
INSERT INTO public.payments VALUES (70146, '20230521188241', '5319329973670472', '184', '09/31', 46342, '2024-08-21 08:10:58');
INSERT INTO public.payments VALUES (70147, '20250106945581', '************2054', '789', '04/26', 32035, '2024-12-13 01:32:43');
INSERT INTO public.payments VALUES (70148, '20241107565586', '4982-5061-1377-6595', '809', '12/26', 43425, '2023-12-21 00:38:27');
INSERT INTO public.payments VALUES (70149, '20230615857265', '4388-41**-****-9026', '456', '12/26', 8236, '2023-12-23 19:12:59');
INSERT INTO public.payments VALUES (70150, '20230913537951', '5413898492054876', '298', '05/27', 33019, '2023-07-06 01:12:53');
INSERT INTO public.payments VALUES (70151, '20230728979416', '412278******8978', '115', '11/27', 42643, '2024-04-19 02:16:07');
INSERT INTO public.payments VALUES (70152, '20240718260550', '374399342095902', '417', '09/30', 32050, '2024-01-06 06:49:57');
INSERT INTO public.payments VALUES (70153, '20230503937994', '5441994777204579', '866', '09/26', 9764, '2025-10-01 04:28:16');
INSERT INTO public.payments VALUES (70154, '20251107423265', '***********6986', '***', '01/31', 47197, '2025-04-11 09:45:58');
INSERT INTO public.payments VALUES (70155, '20230515068860', '4922-26**-****-0903', '248', '02/30', 21294, '2024-02-01 03:11:20');
INSERT INTO public.payments VALUES (70156, '20241114689652', '543107******1471', '819', '01/31', 8997, '2025-02-06 12:36:11');
INSERT INTO public.payments VALUES (70157, '20250125108960', '4155435023135877', '821', '07/26', 16164, '2023-05-07 22:51:31');
INSERT INTO public.payments VALUES (70158, '20250406913026', '5349514034397504', '118', '12/31', 28314, '2025-01-15 22:54:57');
INSERT INTO public.payments VALUES (70159, '20230913224588', '535062******0602', '653', '10/26', 38510, '2025-04-16 14:32:15');
INSERT INTO public.payments VALUES (70160, '20250722674136', '5337397313416052', '723', '11/31', 29851, '2025-10-12 20:22:40');
INSERT INTO public.payments VALUES (70161, '20250408493027', '5331911884429462', NULL, '10/28', 44251, '2025-10-19 21:02:46');
INSERT INTO public.payments VALUES (70162, '20250522649040', '****-****-****-6465', '829', '04/26', 1265, '2025-05-10 11:38:53');
INSERT INTO public.payments VALUES (70163, '20231213011796', '4331-71**-****-4722', '***', '05/29', 11074, '2023-07-10 09:07:02');
INSERT INTO public.payments VALUES (70164, '20251001690147', '4909430538249908', '***', '03/30', 44447, '2023-03-26 07:32:36');
INSERT INTO public.payments VALUES (70165, '20231115122994', '4522372721732075', '744', '09/26', 35641, '2023-06-02 02:47:14');
INSERT INTO public.payments VALUES (70166, '20230812688617', '4961049946170947', '039', '12/29', 22898, '2024-04-01 10:10:35');
INSERT INTO public.payments VALUES (70167, '20230420087722', '370999044687361', '***', '05/28', 48404, '2025-02-28 00:20:17');
INSERT INTO public.payments VALUES (70168, '20251212599385', '3562424365818570', '245', '07/29', 32121, '2024-06-11 19:20:50');
INSERT INTO public.payments VALUES (70169, '20230528204800', '4360-18**-****-6987', '195', '11/29', 27531, '2025-06-15 21:36:35');
INSERT INTO public.payments VALUES (70170, '20230511941441', '3562562244358290', '173', '08/28', 14278, '2024-11-25 05:09:31');
INSERT INTO public.payments VALUES (70171, '20250316787960', '4320476578531375', '717', '10/27', 30857, '2025-04-16 11:50:04');
INSERT INTO public.payments VALUES (70172, '20240723971612', '5372928449900191', '191', '01/26', 31737, '2025-09-17 22:34:26');
INSERT INTO public.payments VALUES (70173, '20230818461070', '5324398865405555', '870', '03/29', 8538, '2023-11-07 16:47:53');
INSERT INTO public.payments VALUES (70174, '20240127533115', '************8268', '153', '01/30', 31763, '2023-06-25 03:21:15');
INSERT INTO public.payments VALUES (70175, '20251106289746', '3562022902969060', '977', '03/28', 15830, '2023-03-25 13:27:23');
INSERT INTO public.payments VALUES (70176, '20230501307194', '************6639', '***', '03/30', 23803, '2023-06-14 16:47:29');
INSERT INTO public.payments VALUES (70177, '20241018056576', '370725520373089', '971', '08/28', 47462, '2023-09-02 05:37:08');
INSERT INTO public.payments VALUES (70178, '20250411506394', '4284-8494-4055-1140', '***', '03/28', 46103, '2024-11-03 05:43:30');
INSERT INTO public.payments VALUES (70179, '20240526604902', '376030676175741', '009', '11/26', 29825, '2025-09-02 10:01:44');
INSERT INTO public.payments VALUES (70180, '20230627174598', '376975720893584', '582', '08/26', 20590, '2025-05-24 05:38:40');
INSERT INTO public.payments VALUES (70181, '20240824575134', '3562327128425692', '856', '07/26', 12063, '2024-05-27 14:28:31');
INSERT INTO public.payments VALUES (70182, '20241220825890', '4083696652818599', '***', '02/31', 5896, '2023-09-17 15:02:38');
INSERT INTO public.payments VALUES (70183, '20250307216602', '4412399582213930', NULL, '08/28', 2767, '2024-03-23 12:25:16');
INSERT INTO public.payments VALUES (70184, '20250802195349', '3562190624609601', '965', '01/31', 45977, '2024-01-03 10:14:11');
INSERT INTO public.payments VALUES (70185, '20250110561170', '378357*****1180', '090', '01/27', 39209, '2024-02-02 23:05:15');
INSERT INTO public.payments VALUES (70186, '20250408976388', '378095858713070', '945', '05/29', 34396, '2023-01-01 08:41:37');
INSERT INTO public.payments VALUES (70187, '20241009215778', '4459-5301-1390-0967', '242', '02/30', 21002, '2024-08-15 12:26:10');
INSERT INTO public.payments VALUES (70188, '20240227222816', '4825-5028-4264-1078', '606', '06/29', 40701, '2023-11-04 20:01:05');
INSERT INTO public.payments VALUES (70189, '20240807444333', '4503607798249922', '700', '09/26', 39523, '2024-05-11 01:10:50');
INSERT INTO public.payments VALUES (70190, '20230106470039', '415629******7922', '***', '04/27', 38969, '2025-08-21 10:53:17');
INSERT INTO public.payments VALUES (70191, '20230127033303', NULL, NULL, '09/28', 23653, '2025-09-11 11:00:37');
INSERT INTO public.payments VALUES (70192, '20240309171388', '374594275549657', '610', '05/29', 12371, '2023-08-15 02:40:35');
INSERT INTO public.payments VALUES (70193, '20240812432894', '4982-3297-7799-9662', '422', '08/27', 29084, '2023-09-04 12:43:21');
INSERT INTO public.payments VALUES (70194, '20251107645737', NULL, '138', '12/27', 22829, '2023-06-09 17:53:34');
INSERT INTO public.payments VALUES (70195, '20250808008143', '***********4352', NULL, '09/26', 16839, '2023-05-28 20:26:12');
INSERT INTO public.payments VALUES (70196, '20250923596508', '4037-9911-7273-4427', NULL, '11/28', 42188, '2023-03-28 23:31:34');
INSERT INTO public.payments VALUES (70197, '20251028969447', '3562055839094297', '197', '05/29', 9229, '2024-02-07 16:20:03');
INSERT INTO public.payments VALUES (70198, '20250413149630', '4858922484491196', '123', '02/27', 1301, '2025-12-21 20:55:43');
INSERT INTO public.payments VALUES (70199, '20231028345971', '545949******0130', '674', '02/30', 15831, '2025-02-06 10:09:57');
INSERT INTO public.payments VALUES (70200, '20241115776886', '420204******9879', NULL, '12/26', 40696, '2025-12-28 06:13:05');
INSERT INTO public.payments VALUES (70201, '20231118356759', '371196*****3096', '670', '03/28', 2873, '2024-07-11 13:19:32');
INSERT INTO public.payments VALUES (70202, '20250917886092', '375933884787986', '009', '09/31', 11278, '2025-11-19 10:30:31');
INSERT INTO public.payments VALUES (70203, '20240110353660', '356235******0875', '680', '12/30', 38530, '2025-09-13 14:54:41');
INSERT INTO public.payments VALUES (70204, '20250704335465', '373070*****5367', '038', '05/29', 45263, '2023-07-06 18:48:20');
INSERT INTO public.payments VALUES (70205, '20230512387157', '379066*****4435', '503', '10/27', 14057, '2023-05-19 00:40:40');
INSERT INTO public.payments VALUES (70206, '20230201605857', '5362685972038003', NULL, '12/30', 2125, '2023-02-14 21:05:26');
INSERT INTO public.payments VALUES (70207, '20231127771704', '5310181625600178', '894', '12/29', 36127, '2023-12-07 12:05:25');
INSERT INTO public.payments VALUES (70208, '20240322273875', '5429490159953764', '985', '10/28', 25219, '2024-07-01 22:31:40');
INSERT INTO public.payments VALUES (70209, '20240720361068', '4233-8739-4836-8049', '***', '01/26', 1276, '2024-05-21 16:32:18');
INSERT INTO public.payments VALUES (70210, '20230906277917', '4916-2395-2677-5084', '***', '07/28', 41495, '2025-09-06 20:04:45');
INSERT INTO public.payments VALUES (70211, '20231203096777', NULL, '421', '08/27', 25674, '2025-02-12 03:23:42');
INSERT INTO public.payments VALUES (70212, '20250327819928', '****-****-****-9535', '***', '04/29', 26093, '2023-02-12 07:19:17');
INSERT INTO public.payments VALUES (70213, '20251025347242', '4181109206771794', NULL, '12/30', 11089, '2024-12-06 23:11:42');
INSERT INTO public.payments VALUES (70214, '20230202095381', '5451206537407443', NULL, '04/29', 17427, '2024-09-12 01:51:10');
INSERT INTO public.payments VALUES (70215, '20241019363673', '5369166336433563', '627', '02/26', 4431, '2024-11-03 14:45:26');
INSERT INTO public.payments VALUES (70216, '20240710929851', '4454-1361-0373-7677', '848', '03/28', 17317, '2023-12-01 07:46:55');
INSERT INTO public.payments VALUES (70217, '20240412326691', '370351*****2132', '080', '10/28', 43756, '2023-02-18 11:33:34');
INSERT INTO public.payments VALUES (70218, '20230904824043', NULL, '371', '02/26', 5393, '2024-10-05 08:33:23');
INSERT INTO public.payments VALUES (70219, '20231218120822', '373559675896587', '***', '08/26', 35103, '2025-05-23 14:09:26');
INSERT INTO public.payments VALUES (70220, '20230522549603', '4811373409605971', '907', '11/29', 13061, '2024-02-20 16:02:13');
INSERT INTO public.payments VALUES (70221, '20240218320012', '5410029633101920', '213', '10/30', 8463, '2023-06-20 13:07:09');
INSERT INTO public.payments VALUES (70222, '20250209734516', '************0404', '129', '12/31', 35670, '2023-09-16 04:32:01');
INSERT INTO public.payments VALUES (70223, '20230718246370', '5488229403991206', '188', '04/26', 28579, '2023-11-21 17:38:10');
INSERT INTO public.payments VALUES (70224, '20250427794533', NULL, '412', '04/31', 6043, '2023-02-23 17:41:02');
INSERT INTO public.payments VALUES (70225, '20240720655718', '484314******0439', '***', '10/30', 40795, '2023-11-08 11:58:50');
INSERT INTO public.payments VALUES (70226, '20240624348400', '****-****-****-4737', '***', '09/31', 43789, '2025-08-23 05:28:17');
INSERT INTO public.payments VALUES (70227, '20240911397709', '533035******7836', '320', '07/29', 12668, '2024-12-27 18:29:03');
INSERT INTO public.payments VALUES (70228, '20240128710881', '****-****-****-3571', '***', '06/28', 14367, '2025-09-06 19:13:22');
INSERT INTO public.payments VALUES (70229, '20240827891706', '4332-4585-0335-1364', NULL, '12/26', 40442, '2024-04-11 19:58:41');
INSERT INTO public.payments VALUES (70230, '20240819796125', '5373754286618129', '479', '02/30', 7475, '2024-01-03 13:51:34');
INSERT INTO public.payments VALUES (70231, '20250226844190', '4741-6811-9101-1330', '065', '12/27', 42592, '2024-12-27 20:02:13');
INSERT INTO public.payments VALUES (70232, '20230721802394', '************3279', '581', '01/30', 8534, '2024-04-05 17:24:12');
INSERT INTO public.payments VALUES (70233, '20241210193366', '356282******2459', '060', '04/28', 34256, '2025-02-24 15:24:23');
INSERT INTO public.payments VALUES (70234, '20230113915215', '5320123194682805', NULL, '02/27', 28260, '2024-12-13 12:10:46');
INSERT INTO public.payments VALUES (70235, '20230103815622', '4840565856599285', '***', '09/31', 26311, '2023-01-28 07:55:55');
INSERT INTO public.payments VALUES (70236, '20240516831478', '4602-9654-5225-5118', '907', '07/30', 9328, '2023-05-26 05:38:30');
INSERT INTO public.payments VALUES (70237, '20250404473202', '453809******5945', '183', '04/29', 18886, '2024-12-19 18:59:54');
INSERT INTO public.payments VALUES (70238, '20230514605794', '356223******6899', '639', '02/28', 36129, '2023-07-09 02:42:25');
INSERT INTO public.payments VALUES (70239, '20230717982123', '356272******2257', '***', '10/26', 1025, '2025-01-16 02:29:48');
INSERT INTO public.payments VALUES (70240, '20250427663868', '5448040511118445', '365', '08/30', 15494, '2025-04-11 02:43:26');
INSERT INTO public.payments VALUES (70241, '20231215179092', '4272512996441603', '269', '07/29', 29288, '2023-03-04 07:49:15');
INSERT INTO public.payments VALUES (70242, '20250702485960', '374945753354178', '312', '08/26', 31140, '2024-04-18 14:08:45');
INSERT INTO public.payments VALUES (70243, '20230608130056', '538761******3662', '640', '02/26', 3422, '2025-07-22 23:40:15');
INSERT INTO public.payments VALUES (70244, '20231012818284', '374878254055160', '584', '02/29', 44710, '2024-03-11 01:15:11');
INSERT INTO public.payments VALUES (70245, '20230512031792', '4866429500643636', '086', '09/30', 24433, '2024-11-17 12:55:45');
INSERT INTO public.payments VALUES (70246, '20230512011325', '***********7153', NULL, '02/28', 11983, '2025-02-03 14:20:05');
INSERT INTO public.payments VALUES (70247, '20250921433260', '373387550248843', '502', '10/26', 13704, '2024-11-18 11:45:20');
INSERT INTO public.payments VALUES (70248, '20240917184041', '3562094761919809', '***', '04/26', 38959, '2023-06-03 01:21:33');
INSERT INTO public.payments VALUES (70249, '20240705655380', '546599******3547', '209', '11/28', 38165, '2024-09-03 06:10:49');
INSERT INTO public.payments VALUES (70250, '20240928734528', '4608563582584020', '205', '12/29', 14921, '2023-05-27 11:16:57');
INSERT INTO public.payments VALUES (70251, '20230425472795', '5455670483949516', '***', '05/27', 34358, '2024-02-07 21:53:04');
INSERT INTO public.payments VALUES (70252, '20241121617837', '4643-5559-6297-8274', NULL, '01/28', 42999, '2023-10-25 18:05:17');
INSERT INTO public.payments VALUES (70253, '20240610093175', '451455******5883', '339', '12/29', 37691, '2024-03-13 22:55:58');
INSERT INTO public.payments VALUES (70254, '20251126320066', '4541753189073721', '496', '08/29', 5201, '2024-03-12 07:31:17');
INSERT INTO public.payments VALUES (70255, '20240611214652', '4432258938633389', '***', '11/29', 41311, '2023-06-04 19:59:00');
INSERT INTO public.payments VALUES (70256, '20250705976691', '496583******1462', '491', '07/26', 45801, '2025-03-24 04:14:50');
INSERT INTO public.payments VALUES (70257, '20250628019270', '5381911127608756', '753', '12/28', 12179, '2023-02-06 09:35:43');
INSERT INTO public.payments VALUES (70258, '20241008206839', '5497864720299161', '576', '08/26', 49365, '2024-10-10 00:02:52');
INSERT INTO public.payments VALUES (70259, '20240913785323', '4035824030932499', NULL, '08/28', 44420, '2024-09-12 17:09:10');
INSERT INTO public.payments VALUES (70260, '20250620290434', '5495887646443540', '897', '08/26', 25560, '2024-02-19 04:46:59');
INSERT INTO public.payments VALUES (70261, '20240403935450', '4552008077233192', '***', '10/30', 18567, '2023-10-14 23:05:07');
INSERT INTO public.payments VALUES (70262, '20230906041662', '372886*****7041', '***', '05/30', 2422, '2024-10-06 08:31:22');
INSERT INTO public.payments VALUES (70263, '20250623417077', '4003894616841784', '101', '07/29', 35495, '2024-10-08 02:35:40');
INSERT INTO public.payments VALUES (70264, '20241016793503', '3562391154032988', NULL, '09/29', 31261, '2024-07-03 14:38:12');
INSERT INTO public.payments VALUES (70265, '20230312132897', '479754******3781', '421', '08/28', 16679, '2025-06-18 07:43:08');
INSERT INTO public.payments VALUES (70266, '20250606438297', '5482189928500419', '948', '07/30', 40651, '2023-10-04 04:05:40');
INSERT INTO public.payments VALUES (70267, '20240521809636', '***********2416', '205', '10/27', 5832, '2025-01-12 18:26:32');
INSERT INTO public.payments VALUES (70268, '20231104569968', '3562363778539128', NULL, '06/27', 29526, '2024-01-14 15:40:48');
INSERT INTO public.payments VALUES (70269, '20240523957440', '440798******1611', '446', '05/28', 6622, '2025-06-04 22:44:48');
INSERT INTO public.payments VALUES (70270, '20231126527666', '4512126745566402', '556', '11/28', 30209, '2023-10-06 03:03:20');
INSERT INTO public.payments VALUES (70271, '20250317853078', '5308869996729675', '233', '04/31', 45167, '2025-02-02 13:53:45');
INSERT INTO public.payments VALUES (70272, '20250112440463', '************5333', '662', '03/31', 18471, '2023-08-13 12:46:40');
INSERT INTO public.payments VALUES (70273, '20240718858467', '4464-8844-1465-7054', '***', '08/26', 213, '2023-11-15 21:15:01');
INSERT INTO public.payments VALUES (70274, '20241224542775', '5417347367367282', '***', '10/30', 16159, '2023-03-02 16:52:53');
INSERT INTO public.payments VALUES (70275, '20230523974069', '4394-3265-6037-2653', '***', '06/27', 31833, '2024-11-02 16:34:43');
INSERT INTO public.payments VALUES (70276, '20231204314023', '4972544615821710', '663', '11/30', 8545, '2023-01-26 09:46:09');
INSERT INTO public.payments VALUES (70277, '20251006735526', '547582******1861', '***', '08/27', 28208, '2024-12-12 05:26:55');
INSERT INTO public.payments VALUES (70278, '20240603019357', '4493733509514420', '389', '04/29', 14733, '2023-05-09 05:47:32');
INSERT INTO public.payments VALUES (70279, '20250703462147', '376898*****2767', '715', '12/31', 26361, '2025-06-18 15:48:14');
INSERT INTO public.payments VALUES (70280, '20240203609467', '************3207', '625', '07/28', 45628, '2023-11-09 02:24:35');
INSERT INTO public.payments VALUES (70281, '20240506355933', NULL, '824', '05/28', 37745, '2025-09-17 14:57:11');
INSERT INTO public.payments VALUES (70282, '20250110532602', '5426832823017802', '734', '12/29', 32226, '2023-04-04 00:23:30');
INSERT INTO public.payments VALUES (70283, '20251228258253', '372048470977918', '217', '01/27', 32218, '2023-08-24 13:21:33');
INSERT INTO public.payments VALUES (70284, '20240311938804', '************8398', '095', '08/30', 8328, '2024-11-11 00:32:40');
INSERT INTO public.payments VALUES (70285, '20240514870662', '547413******4252', NULL, '11/29', 14107, '2025-12-27 20:34:06');
INSERT INTO public.payments VALUES (70286, '20230316284851', '3562202277062598', '235', '04/30', 472, '2025-04-13 12:47:57');
INSERT INTO public.payments VALUES (70287, '20251011702114', '537283******4297', '928', '11/26', 45821, '2024-02-03 11:42:53');
INSERT INTO public.payments VALUES (70288, '20250819573884', '************3367', '131', '08/29', 40525, '2025-01-06 23:03:17');
INSERT INTO public.payments VALUES (70289, '20240625842934', '373358401844122', '977', '11/31', 15346, '2023-05-13 06:16:24');
INSERT INTO public.payments VALUES (70290, '20250124151375', '446801******4554', '616', '03/31', 19956, '2023-09-28 03:49:52');
INSERT INTO public.payments VALUES (70291, '20251111265902', '4670553713069036', '***', '05/31', 10098, '2023-12-01 00:54:57');
INSERT INTO public.payments VALUES (70292, '20230624964292', '372432786417621', NULL, '05/31', 5077, '2023-08-06 23:43:16');
INSERT INTO public.payments VALUES (70293, '20250904921279', '376515750834627', '692', '05/27', 30603, '2023-09-04 12:06:04');
INSERT INTO public.payments VALUES (70294, '20231019332721', '****-****-****-4682', NULL, '03/31', 13744, '2024-12-04 04:39:41');
INSERT INTO public.payments VALUES (70295, '20240409088369', '************0739', '619', '12/26', 45932, '2023-01-10 07:18:20');
INSERT INTO public.payments VALUES (70296, '20230916804475', '3562520217696765', NULL, '11/27', 36413, '2025-08-20 21:49:48');
INSERT INTO public.payments VALUES (70297, '20250927282679', '371538*****9387', '***', '03/28', 20939, '2023-06-02 18:49:39');
INSERT INTO public.payments VALUES (70298, '20231122848812', '428833******8741', '544', '03/29', 21303, '2025-04-12 20:45:50');
INSERT INTO public.payments VALUES (70299, '20231219850329', NULL, '535', '03/28', 28773, '2023-10-20 14:44:51');
INSERT INTO public.payments VALUES (70300, '20240104851042', '5315691934429320', '059', '06/29', 45631, '2023-12-25 06:03:00');


--
-- Data for Name: waybills; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.waybills VALUES ('WB000001', '謝怡君', '0914496307', '臺南市東區裕農路35號24樓', 'J275356965', '兒童繪本', '2024-03-05');
INSERT INTO public.waybills VALUES ('WB000002', '吳志明', '0969-497386', '臺南市東區裕農路271號14樓', 'H245682175', '保溫瓶', '2024-06-06');
INSERT INTO public.waybills VALUES ('WB000003', '江建良', '0951070534', '桃園市中壢區中正路98號9樓', 'F174662003', '藍牙耳機', '2023-02-23');
INSERT INTO public.waybills VALUES ('WB000004', '蕭美玲', '0938-439-566', '彰化縣員林市成功路26號11樓', 'B236177352', '貓砂 10 公升', '2023-06-21');
INSERT INTO public.waybills VALUES ('WB000005', '許美玲', '0920163971', '桃園市中壢區中正路132號23樓', 'T185745961', '羊毛圍巾', '2024-03-10');
INSERT INTO public.waybills VALUES ('WB000006', '何俊宏', '0938858970', '新北市板橋區文化路一段127號12樓', 'Q184402044', '藍牙耳機', '2023-02-08');
INSERT INTO public.waybills VALUES ('WB000007', '曾美玲', '0974124809', '新北市板橋區文化路一段323號13樓', 'Z219157687', '羊毛圍巾', '2023-08-20');
INSERT INTO public.waybills VALUES ('WB000008', '周雅雯', '0963-312-961', '臺中市西屯區臺灣大道三段356號21樓', 'I173192778', '保溫瓶', '2023-06-28');
INSERT INTO public.waybills VALUES ('WB000009', '徐家豪', '0954-650-948', '桃園市中壢區中正路43號7樓', 'G215013027', '羊毛圍巾', '2024-08-09');
INSERT INTO public.waybills VALUES ('WB000010', '黃建良', '0924144982', '臺中市西屯區臺灣大道三段98號15樓', 'F290720100', '藍牙耳機', '2025-02-07');
INSERT INTO public.waybills VALUES ('WB000011', '何雅雯', '0971857169', '臺中市西屯區臺灣大道三段194號23樓', 'Q164987831', '藍牙耳機', '2023-05-11');
INSERT INTO public.waybills VALUES ('WB000012', '林淑芬', '0955976216', '新竹市東區光復路二段390號21樓', 'X127305245', '貓砂 10 公升', '2024-02-27');
INSERT INTO public.waybills VALUES ('WB000013', '郭子軒', '0919426224', '高雄市左營區博愛二路178號6樓', 'B118772428', '保溫瓶', '2024-05-03');
INSERT INTO public.waybills VALUES ('WB000014', '葉佳穎', '0975520634', '彰化縣員林市成功路291號24樓', 'T168126364', '貓砂 10 公升', '2024-04-06');
INSERT INTO public.waybills VALUES ('WB000015', '李彥廷', '0951263034', '桃園市中壢區中正路19號21樓', 'F164531902', '保溫瓶', '2023-10-08');
INSERT INTO public.waybills VALUES ('WB000016', '陳俊宏', '0967-309-291', '新竹市東區光復路二段390號6樓', 'P201639331', '羊毛圍巾', '2025-11-19');
INSERT INTO public.waybills VALUES ('WB000017', '江欣怡', '0985543358', '桃園市中壢區中正路84號15樓', 'B272559510', '貓砂 10 公升', '2025-05-18');
INSERT INTO public.waybills VALUES ('WB000018', '林雅婷', '0936-549-116', '新北市板橋區文化路一段31號11樓', 'H237400650', '羊毛圍巾', '2023-12-21');
INSERT INTO public.waybills VALUES ('WB000019', '蕭志明', '0960074237', '彰化縣員林市成功路80號16樓', 'Z247100116', '貓砂 10 公升', '2024-07-06');
INSERT INTO public.waybills VALUES ('WB000020', '莊心怡', '0950360296', '臺南市東區裕農路252號24樓', 'I274730890', '貓砂 10 公升', '2024-04-08');
INSERT INTO public.waybills VALUES ('WB000021', '許怡君', '0957-340-719', '高雄市左營區博愛二路139號14樓', 'U195523558', '藍牙耳機', '2023-12-27');
INSERT INTO public.waybills VALUES ('WB000022', '徐雅雯', '0961-927-700', '桃園市中壢區中正路87號17樓', 'M216493809', '藍牙耳機', '2024-08-28');
INSERT INTO public.waybills VALUES ('WB000023', '葉佳穎', '0950-807-783', '臺北市信義區忠孝東路五段258號5樓', 'D189079554', '藍牙耳機', '2023-03-11');
INSERT INTO public.waybills VALUES ('WB000024', '王承翰', '0974-285669', '桃園市中壢區中正路295號6樓', 'Z172707005', '藍牙耳機', '2025-11-15');
INSERT INTO public.waybills VALUES ('WB000025', '郭彥廷', '0982-272-666', '新竹市東區光復路二段359號14樓', 'U227951711', '藍牙耳機', '2023-12-10');
INSERT INTO public.waybills VALUES ('WB000026', '賴冠宇', '0980-276-186', '高雄市左營區博愛二路95號3樓', 'N217758079', '羊毛圍巾', '2024-11-06');
INSERT INTO public.waybills VALUES ('WB000027', '蘇欣怡', '0955768861', '臺中市西屯區臺灣大道三段291號8樓', 'U231654412', '保溫瓶', '2024-08-07');
INSERT INTO public.waybills VALUES ('WB000028', '林柏翰', '0955186079', '新竹市東區光復路二段26號23樓', 'U265239894', '貓砂 10 公升', '2024-05-04');
INSERT INTO public.waybills VALUES ('WB000029', '張淑芬', '0910-061383', '高雄市左營區博愛二路398號12樓', 'V121289644', '羊毛圍巾', '2024-10-26');
INSERT INTO public.waybills VALUES ('WB000030', '鄭詩涵', '0961854550', '新竹市東區光復路二段103號17樓', 'C298067956', '藍牙耳機', '2024-04-13');
INSERT INTO public.waybills VALUES ('WB000031', '何彥廷', '0917270047', '臺南市東區裕農路13號14樓', 'C118137457', '貓砂 10 公升', '2024-08-08');
INSERT INTO public.waybills VALUES ('WB000032', '蔡雅婷', '0937-218-087', '高雄市左營區博愛二路385號7樓', 'M283527621', '藍牙耳機', '2024-04-02');
INSERT INTO public.waybills VALUES ('WB000033', '賴承翰', '0979133669', '彰化縣員林市成功路191號4樓', 'X251549128', '兒童繪本', '2023-07-25');
INSERT INTO public.waybills VALUES ('WB000034', '張品妤', '0960939186', '高雄市左營區博愛二路102號20樓', 'E295554794', '兒童繪本', '2025-05-27');
INSERT INTO public.waybills VALUES ('WB000035', '呂詩涵', '0919-091-755', '新北市板橋區文化路一段50號15樓', 'T126937358', '藍牙耳機', '2024-09-07');
INSERT INTO public.waybills VALUES ('WB000036', '賴佳穎', '0931-433-459', '臺中市西屯區臺灣大道三段148號19樓', 'C298559762', '保溫瓶', '2025-02-11');
INSERT INTO public.waybills VALUES ('WB000037', '楊品妤', '0928-460-419', '臺南市東區裕農路227號12樓', 'X242052729', '羊毛圍巾', '2023-11-02');
INSERT INTO public.waybills VALUES ('WB000038', '劉子軒', '0977-480-531', '桃園市中壢區中正路297號17樓', 'A206924744', '貓砂 10 公升', '2023-06-17');
INSERT INTO public.waybills VALUES ('WB000039', '賴家豪', '0912757834', '臺南市東區裕農路289號4樓', 'X259144769', '兒童繪本', '2023-05-17');
INSERT INTO public.waybills VALUES ('WB000040', '王雅婷', '0971-176-816', '高雄市左營區博愛二路184號22樓', 'E288425813', '保溫瓶', '2024-05-03');
INSERT INTO public.waybills VALUES ('WB000041', '何心怡', '0910629494', '臺北市信義區忠孝東路五段272號3樓', 'Z166715984', '貓砂 10 公升', '2023-11-12');
INSERT INTO public.waybills VALUES ('WB000042', '蘇子軒', '0959-223327', '新北市板橋區文化路一段95號18樓', 'X179003981', '羊毛圍巾', '2024-08-05');
INSERT INTO public.waybills VALUES ('WB000043', '羅詩涵', '0976-890281', '桃園市中壢區中正路292號9樓', 'C177595891', '貓砂 10 公升', '2025-02-17');
INSERT INTO public.waybills VALUES ('WB000044', '高子軒', '0987792503', '臺北市信義區忠孝東路五段178號23樓', 'X115747279', '保溫瓶', '2023-04-15');
INSERT INTO public.waybills VALUES ('WB000045', '謝宗翰', '0961-700355', '臺中市西屯區臺灣大道三段81號17樓', 'T131436822', '藍牙耳機', '2024-03-18');
INSERT INTO public.waybills VALUES ('WB000046', '邱彥廷', '0978078920', '臺中市西屯區臺灣大道三段178號7樓', 'V127485739', '兒童繪本', '2023-11-26');
INSERT INTO public.waybills VALUES ('WB000047', '周俊宏', '0988692877', '新竹市東區光復路二段124號23樓', 'W102647253', '貓砂 10 公升', '2023-02-28');
INSERT INTO public.waybills VALUES ('WB000048', '葉建良', '0958-719-882', '臺南市東區裕農路215號8樓', 'U186700841', '貓砂 10 公升', '2025-11-18');
INSERT INTO public.waybills VALUES ('WB000049', '陳品妤', '0975116144', '新竹市東區光復路二段206號4樓', 'Q132711036', '羊毛圍巾', '2024-08-05');
INSERT INTO public.waybills VALUES ('WB000050', '羅俊宏', '0981-371051', '臺中市西屯區臺灣大道三段86號8樓', 'H238714993', '保溫瓶', '2024-03-01');
INSERT INTO public.waybills VALUES ('WB000051', '江美玲', '0986-585559', '臺中市西屯區臺灣大道三段245號24樓', 'K170612038', '貓砂 10 公升', '2024-08-07');
INSERT INTO public.waybills VALUES ('WB000052', '邱承翰', '0934-330835', '高雄市左營區博愛二路97號22樓', 'O208306729', '保溫瓶', '2025-06-28');
INSERT INTO public.waybills VALUES ('WB000053', '劉雅婷', '0920389733', '臺中市西屯區臺灣大道三段396號16樓', 'E188978906', '羊毛圍巾', '2025-08-26');
INSERT INTO public.waybills VALUES ('WB000054', '高志明', '0929651408', '新竹市東區光復路二段62號6樓', 'N218500059', '保溫瓶', '2025-02-18');
INSERT INTO public.waybills VALUES ('WB000055', '劉建良', '0919-685992', '桃園市中壢區中正路347號11樓', 'M239742761', '貓砂 10 公升', '2025-12-15');
INSERT INTO public.waybills VALUES ('WB000056', '張欣怡', '0933-763-061', '臺南市東區裕農路233號8樓', 'B216135634', '羊毛圍巾', '2023-01-10');
INSERT INTO public.waybills VALUES ('WB000057', '林建良', '0983923085', '新竹市東區光復路二段237號9樓', 'F183972629', '保溫瓶', '2023-01-23');
INSERT INTO public.waybills VALUES ('WB000058', '陳志明', '0926102339', '新竹市東區光復路二段371號4樓', 'T289634425', '羊毛圍巾', '2025-07-17');
INSERT INTO public.waybills VALUES ('WB000059', '葉子軒', '0918374305', '新竹市東區光復路二段163號7樓', 'G259577711', '保溫瓶', '2023-10-25');
INSERT INTO public.waybills VALUES ('WB000060', '葉俊宏', '0922-529355', '彰化縣員林市成功路314號6樓', 'G129655219', '兒童繪本', '2025-10-09');
INSERT INTO public.waybills VALUES ('WB000061', '李柏翰', '0912-398118', '臺中市西屯區臺灣大道三段228號13樓', 'H250845791', '貓砂 10 公升', '2023-09-26');
INSERT INTO public.waybills VALUES ('WB000062', '周雅婷', '0956885025', '新北市板橋區文化路一段45號16樓', 'T111137104', '兒童繪本', '2025-12-08');
INSERT INTO public.waybills VALUES ('WB000063', '郭彥廷', '0926287458', '桃園市中壢區中正路352號2樓', 'H104201716', '貓砂 10 公升', '2023-12-07');
INSERT INTO public.waybills VALUES ('WB000064', '周美玲', '0966948020', '新北市板橋區文化路一段60號3樓', 'M115771679', '羊毛圍巾', '2024-01-14');
INSERT INTO public.waybills VALUES ('WB000065', '楊欣怡', '0972560382', '新北市板橋區文化路一段114號20樓', 'P105857744', '保溫瓶', '2023-01-24');
INSERT INTO public.waybills VALUES ('WB000066', '鄭子軒', '0960267434', '臺中市西屯區臺灣大道三段333號4樓', 'T224215182', '兒童繪本', '2023-01-15');
INSERT INTO public.waybills VALUES ('WB000067', '鄭詩涵', '0922-726050', '高雄市左營區博愛二路164號10樓', 'J275260919', '兒童繪本', '2023-05-27');
INSERT INTO public.waybills VALUES ('WB000068', '郭冠宇', '0962407889', '臺中市西屯區臺灣大道三段321號20樓', 'E273178290', '羊毛圍巾', '2024-04-04');
INSERT INTO public.waybills VALUES ('WB000069', '楊佳穎', '0987-674731', '新竹市東區光復路二段168號4樓', 'J125208127', '藍牙耳機', '2023-12-24');
INSERT INTO public.waybills VALUES ('WB000070', '葉品妤', '0917-857998', '彰化縣員林市成功路15號12樓', 'U292449744', '兒童繪本', '2024-09-09');
INSERT INTO public.waybills VALUES ('WB000071', '周承翰', '0982-070-649', '彰化縣員林市成功路347號2樓', 'V149850070', '藍牙耳機', '2025-10-03');
INSERT INTO public.waybills VALUES ('WB000072', '莊冠宇', '0953316307', '臺南市東區裕農路160號6樓', 'X160015866', '兒童繪本', '2023-06-08');
INSERT INTO public.waybills VALUES ('WB000073', '羅雅婷', '0913949687', '臺北市信義區忠孝東路五段248號6樓', 'N114593109', '保溫瓶', '2024-11-10');
INSERT INTO public.waybills VALUES ('WB000074', '莊彥廷', '0969-004678', '高雄市左營區博愛二路398號18樓', 'H277856207', '羊毛圍巾', '2025-09-28');
INSERT INTO public.waybills VALUES ('WB000075', '徐雅雯', '0965-488-410', '新竹市東區光復路二段311號8樓', 'W261318584', '兒童繪本', '2024-01-16');
INSERT INTO public.waybills VALUES ('WB000076', '葉家豪', '0961-247-247', '臺中市西屯區臺灣大道三段54號2樓', 'U139136357', '貓砂 10 公升', '2025-02-04');
INSERT INTO public.waybills VALUES ('WB000077', '謝佳穎', '0931-559660', '桃園市中壢區中正路121號13樓', 'W200499019', '羊毛圍巾', '2024-02-01');
INSERT INTO public.waybills VALUES ('WB000078', '呂俊宏', '0931-421-341', '新竹市東區光復路二段20號4樓', 'A154665370', '保溫瓶', '2024-08-02');
INSERT INTO public.waybills VALUES ('WB000079', '李欣怡', '0966-058-311', '新竹市東區光復路二段178號2樓', 'F226706023', '保溫瓶', '2023-01-07');
INSERT INTO public.waybills VALUES ('WB000080', '曾品妤', '0954-658-100', '桃園市中壢區中正路247號16樓', 'P101676010', '兒童繪本', '2023-09-11');


--
-- Name: customers customers_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_pkey PRIMARY KEY (id);


--
-- Name: decoys decoys_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.decoys
    ADD CONSTRAINT decoys_pkey PRIMARY KEY (id);


--
-- Name: payments payments_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.payments
    ADD CONSTRAINT payments_pkey PRIMARY KEY (id);


--
-- Name: waybills waybills_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.waybills
    ADD CONSTRAINT waybills_pkey PRIMARY KEY (waybill_no);


--
-- PostgreSQL database dump complete
--

\unrestrict shop

