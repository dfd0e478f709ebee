/*!40101 SET NAMES binary*/;
/*!40014 SET FOREIGN_KEY_CHECKS=0*/;

/*!40103 SET TIME_ZONE='+00:00' */;
CREATE TABLE `payments` (
  `id` int(11) NOT NULL,
  `order_no` varchar(20) NOT NULL,
  `card_no` varchar(25) DEFAULT NULL,
  `cvv` varchar(4) DEFAULT NULL,
  `expiry` varchar(5) DEFAULT NULL,
  `amount` int(11) NOT NULL,
  `paid_at` timestamp NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
